import type { rollout } from "../../../capabilities";
import type { EnvironmentInput } from "../../../config";
import type { AddedBy } from "../../../config/environment-input";
import type { AddedInput, BaseInput } from "../../../contract";
import type { Proof, Same } from "./same";

/** What the entries of each list are, as a point for fields. */
interface PointOf {
  readonly services: "service";
  readonly containers: "container";
  readonly tables: "table";
  readonly databases: "database";
  readonly eventBuses: "bus";
}

type Entry<E, A extends AddedInput, P extends keyof A> = {
  [K in keyof E]: K extends "edge" ? E[K] & A["edge"] : E[K];
} & A[P];

/** An environment by the schema of the base, with what capabilities add. */
type Extended<A extends AddedInput> = {
  [K in keyof BaseInput]: K extends "exceptions"
    ? A["exceptions"]
    : K extends keyof PointOf
      ? BaseInput[K] extends (infer E)[] | undefined
        ? Entry<E, A, PointOf[K]>[]
        : never
      : BaseInput[K];
} & A["environment"];

/** Does not compile if the type of an environment differs from what the schemas of the base and of the capabilities take. */
export type EnvironmentProof = Proof<Same<EnvironmentInput, Extended<AddedBy<typeof rollout>>>>;
