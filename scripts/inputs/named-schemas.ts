import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Toolkit } from "../../config";
import { jsonValue, logRetentionDays, region } from "../../modules/core";
import { bare, definitionOf, type Shape } from "./definition";

/** A schema whose input has a type with a name. */
export interface NamedSchema {
  /** Name of the type: `HttpApiInput`. */
  readonly name: string;
  /** Folder that exports the type: `modules/http-api`. */
  readonly folder: string;
  readonly schema: z.ZodType;
  /** What the folder calls the schema; missing for parts of an environment, whose schema is made by a function. */
  readonly schemaName?: string;
  /** What a team's capabilities add to it, as a field of `AddedInput`. */
  readonly added?: string;
  /** Whether they add to parts of it. */
  readonly open?: boolean;
}

/** Types that are written by hand, as they are more than the input of a schema. */
export const handWritten: readonly NamedSchema[] = [
  { name: "AwsRegion", folder: "modules/core", schema: region },
  { name: "JsonValue", folder: "modules/core", schema: jsonValue },
  { name: "LogRetentionDays", folder: "modules/core", schema: logRetentionDays },
];

const top = join(__dirname, "..", "..");

/** By name: the order of exports is not that of the source in compiled code. */
const byName = (one: NamedSchema, other: NamedSchema): number => (one.name < other.name ? -1 : 1);

/** The schemas that modules, blueprints, the contract and the organisation export, except those of single texts and numbers. */
export function exportedSchemas(): NamedSchema[] {
  const folders = ["modules", "blueprints"].flatMap((room) =>
    readdirSync(join(top, room), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "core")
      .map(({ name }) => `${room}/${name}`)
      .sort(),
  );
  return [...folders, "contract", "config/organisation", "config/audit"].flatMap((folder) =>
    Object.entries(require(join(top, folder)) as Readonly<Record<string, unknown>>)
      .flatMap(([schemaName, schema]) =>
        schema instanceof z.ZodType && ["object", "union", "record"].includes(definitionOf(bare(schema)).type)
          ? [{ name: inputName(schemaName), folder, schema, schemaName }]
          : [],
      )
      .sort(byName),
  );
}

/** `HttpApiInput` of `httpApiConfig`. */
const inputName = (schemaName: string): string =>
  `${schemaName[0]?.toUpperCase()}${schemaName.slice(1)}`
    .replace(/(Config)?$/, "Input")
    .replace("Pgbouncer", "PgBouncer");

/** An environment and its parts, with the fields of the toolkit's capabilities. */
export function environmentSchemas(toolkit: Toolkit): NamedSchema[] {
  const environment = shapeOf(toolkit.schema);
  const service = entryOf(environment.services);
  const edge = shapeOf(service).edge as z.ZodType;
  const parts: readonly Omit<Partial<NamedSchema>, "folder">[] = [
    { name: "EnvironmentFile", schema: toolkit.schema, open: true },
    { name: "ExceptionsInput", schema: environment.exceptions, added: "exceptions" },
    { name: "RegionsInput", schema: environment.regions },
    { name: "QuotasInput", schema: environment.quotas },
    { name: "KeysInput", schema: environment.keys },
    { name: "TableInput", schema: entryOf(environment.tables), added: "table" },
    { name: "DatabaseInput", schema: entryOf(environment.databases), added: "database" },
    { name: "BusInput", schema: entryOf(environment.eventBuses), added: "bus" },
    { name: "QueueInput", schema: entryOf(environment.queues) },
    { name: "ServiceInput", schema: service, added: "service", open: true },
    { name: "ContainerInput", schema: entryOf(environment.containers), added: "container" },
    { name: "EdgeInput", schema: edge, added: "edge" },
    { name: "EdgeFirewallInput", schema: shapeOf(edge).firewall },
  ];
  return parts.map((part) => ({ ...part, folder: "config" }) as NamedSchema);
}

export const shapeOf = (schema: z.ZodType): Shape => definitionOf(bare(schema)).shape ?? {};

const entryOf = (list: z.ZodType | undefined): z.ZodType => definitionOf(bare(list as z.ZodType)).element as z.ZodType;
