import type { z } from "zod";
import type { BaseEnvironment, Bus, ContainerOfEnvironment, Database, Edge, Service, Table } from "./environment";
import type { FieldPoint, Shape } from "./shape";

/** The fields that a capability adds, by what it adds them to. */
export interface CapabilityFields {
  /** Of the environment itself. */
  readonly environment?: Shape;
  /** Of each service. */
  readonly service?: Shape;
  /** Of each service whose code runs in a container. */
  readonly container?: Shape;
  /** Of the edge in front of a service. */
  readonly edge?: Shape;
  /** Of each table. */
  readonly table?: Shape;
  /** Of each event bus. */
  readonly bus?: Shape;
  /** Of each database. */
  readonly database?: Shape;
}

/** What a team's capabilities add to an environment as it is written; nothing unless it is said. */
export type AddedInput = { readonly [P in FieldPoint | "exceptions"]: NoFields };

// biome-ignore lint/complexity/noBannedTypes: an object of which nothing is known, to which anything can be added
type NoFields = {};

/** The fields as they are written. */
export type Written<S> = S extends Shape ? z.input<z.ZodObject<S>> : NoFields;

/** The fields with their defaults filled in. */
type Parsed<S> = S extends Shape ? z.output<z.ZodObject<S>> : unknown;

/** The parts of an environment that capabilities add fields to, with those of `F`. */
export interface Extended<F extends CapabilityFields> {
  readonly environment: ExtendedEnvironment<F>;
  readonly service: Omit<Service, "edge"> & Parsed<F["service"]> & { readonly edge?: Edge & Parsed<F["edge"]> };
  readonly container: ContainerOfEnvironment & Parsed<F["container"]>;
  readonly edge: Edge & Parsed<F["edge"]>;
  readonly table: Table & Parsed<F["table"]>;
  readonly bus: Bus & Parsed<F["bus"]>;
  readonly database: Database & Parsed<F["database"]>;
}

type Lists = "services" | "containers" | "tables" | "databases" | "eventBuses";

/** A whole environment with the fields of `F`. */
export type ExtendedEnvironment<F extends CapabilityFields> = Omit<BaseEnvironment, Lists> &
  Parsed<F["environment"]> & {
    readonly services: readonly Extended<F>["service"][];
    readonly containers: readonly Extended<F>["container"][];
    readonly tables: readonly Extended<F>["table"][];
    readonly databases: readonly Extended<F>["database"][];
    readonly eventBuses: readonly Extended<F>["bus"][];
  };
