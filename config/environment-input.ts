import type { FieldPoint, Rollout, StageExceptions, Written } from "../contract";
import type { HttpApiInput } from "../modules/http-api";
import type { SettingsByNameInput } from "../modules/plain-settings";
import type { EnvironmentFile } from "./input";

/** The capabilities of a rollout, as a union. */
type CapabilitiesOf<R> = R[keyof R] extends infer L ? (L extends readonly (infer C)[] ? C : never) : never;

type NameOf<C> = C extends { readonly name: infer N extends string } ? N : never;

/** What a capability adds at a point; never where it adds nothing. */
type ShapeOf<C, P extends FieldPoint> = C extends { readonly fields?: { readonly [K in P]: infer S } } ? S : never;

type Intersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

/** The fields that several capabilities add together. */
type JoinedFields<C> = { readonly [P in FieldPoint]: Intersection<ShapeOf<C, P>> };

/** What a rollout adds to an environment as it is written. */
export interface AddedBy<R> extends WrittenAt<JoinedFields<CapabilitiesOf<R>>> {
  readonly exceptions: StageExceptions<NameOf<CapabilitiesOf<R>>>;
}

type WrittenAt<F> = { readonly [P in keyof F]: Written<F[P]> };

// biome-ignore lint/complexity/noBannedTypes: a rollout without any stage
export type NoRollout = {};

/**
 * An environment as its file states it, with defaults left out.
 * @typeParam R a team's own capabilities, whose fields it also has
 */
export type EnvironmentInput<R extends Rollout = NoRollout> = [keyof R] extends [never]
  ? EnvironmentFile
  : EnvironmentFile<AddedBy<R>> & AddedBy<R>["environment"];

export type ApiInput = HttpApiInput;
export type SettingsInput = SettingsByNameInput;
