import type { z } from "zod";
import type { BaseEnvironment, BaseInput, Bus, Database, Edge, Service, Table } from "./environment";
import type { FieldPoint, Shape } from "./shape";
import type { StageExceptions } from "./stages";

/** The fields that a capability adds, by what it adds them to. */
export type CapabilityFields = { readonly [P in FieldPoint]?: Shape };

/** The fields as they are written. */
type Written<S> = S extends Shape ? z.input<z.ZodObject<S>> : unknown;

/** The fields with their defaults filled in. */
type Parsed<S> = S extends Shape ? z.output<z.ZodObject<S>> : unknown;

/** The parts of an environment that capabilities add fields to, with those of `F`. */
export interface Extended<F extends CapabilityFields> {
  readonly environment: ExtendedEnvironment<F>;
  readonly service: Omit<Service, "edge"> & Parsed<F["service"]> & { readonly edge?: Edge & Parsed<F["edge"]> };
  readonly edge: Edge & Parsed<F["edge"]>;
  readonly table: Table & Parsed<F["table"]>;
  readonly bus: Bus & Parsed<F["bus"]>;
  readonly database: Database & Parsed<F["database"]>;
}

type Lists = "services" | "tables" | "databases" | "eventBuses";

/** A whole environment with the fields of `F`. */
export type ExtendedEnvironment<F extends CapabilityFields> = Omit<BaseEnvironment, Lists> &
  Parsed<F["environment"]> & {
    readonly services: readonly Extended<F>["service"][];
    readonly tables: readonly Extended<F>["table"][];
    readonly databases: readonly Extended<F>["database"][];
    readonly eventBuses: readonly Extended<F>["bus"][];
  };

type EntryOf<L extends Lists> = NonNullable<BaseInput[L]>[number];

/** An environment as its file states it, with the fields of `F` and exceptions for the capabilities `N`. */
export type ExtendedInput<F extends { readonly [P in FieldPoint]?: unknown }, N extends string> = Omit<
  BaseInput,
  Lists | "exceptions"
> &
  Written<F["environment"]> & {
    readonly exceptions?: StageExceptions<N>;
    readonly services?: readonly (Omit<EntryOf<"services">, "edge"> &
      Written<F["service"]> & {
        readonly edge?: NonNullable<EntryOf<"services">["edge"]> & Written<F["edge"]>;
      })[];
    readonly tables?: readonly (EntryOf<"tables"> & Written<F["table"]>)[];
    readonly databases?: readonly (EntryOf<"databases"> & Written<F["database"]>)[];
    readonly eventBuses?: readonly (EntryOf<"eventBuses"> & Written<F["bus"]>)[];
  };
