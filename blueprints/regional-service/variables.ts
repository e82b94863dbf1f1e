import { breakerVariableNames, dependencyVariable } from "../../modules/circuit-breakers";
import type { Report } from "../../modules/core";
import { nameProblem } from "../../modules/service-function";
import { isSecretName } from "../../values/secrets";
import { originVariableNames } from "./origin-use";
import { headersSecretVariable } from "./telemetry-use";

/** What of a service brings variables. */
interface Part {
  readonly tables: Readonly<Record<string, { readonly variable: string; readonly homeReplica: boolean }>>;
  readonly publishes: Readonly<Record<string, { readonly variable: string; readonly endpointVariable: string }>>;
  readonly sends: Readonly<Record<string, { readonly variable: string }>>;
  readonly database?: object;
  readonly settings?: object;
  /** What it calls through circuit breakers. */
  readonly dependencies?: readonly string[];
}

/** An environment variable that a service's function gets beside those in function.environment. */
export interface ServiceVariable {
  readonly name: string;
  /** The field that names it, if the user does; otherwise the field that brings it. */
  readonly at: readonly string[];
  /** Whether the field at this path is its name. */
  readonly chosen: boolean;
  /** What is wrong with the same name in function.environment, and what to do. */
  readonly taken: string;
}

/** Variables that tell a function its keys. Functions trust them, so they must not be set by hand even without encryption. */
const encryptionVariables = [
  "DECRYPTION_KEY_ARN",
  "ENCRYPTION_KEY_ARN",
  "ENCRYPTION_SERVICE",
  "VAULT_ADDR",
  "VAULT_SERVER_ID",
  "VAULT_AUTH_MOUNT",
  "VAULT_JWT_ALGORITHM",
  "VAULT_JWT_SECONDS",
  "VAULT_ROLE",
  "VAULT_TRANSIT_MOUNT",
  "VAULT_KEY",
];

/** Variables that switch faults on. Nobody sets them by hand: the environment's opt-in would be passed by. */
const chaosVariables = ["CHAOS_SETTINGS_PATH", "CHAOS_LONGEST_MINUTES"];

/** Variables that tell a function how to connect to its database. */
const databaseVariables = [
  ...[
    ..."ENGINE HOST READER_HOST PORT NAME USER AUTHENTICATION SECRET_ARN CA_FILE CANARY_NAME CANARY_PATH".split(" "),
    ..."TARGET_SESSION_ATTRS READ_CONSISTENCY".split(" "),
  ].map((name) => `DATABASE_${name}`),
  "VAULT_DATABASE_MOUNT",
  "VAULT_DATABASE_ROLE",
];

/**
 * Every environment variable that a service's function can get from the toolkit, each with the path of what brings it. A
 * function gets at most these: some of them only at a later stage, or with Vault.
 */
export function serviceVariables(service: Part): readonly ServiceVariable[] {
  const { tables, publishes, sends, database, settings, dependencies = [] } = service;
  const fixed = (names: readonly string[], at: readonly string[], taken: string): ServiceVariable[] =>
    names.map((name) => ({ name, at, chosen: false, taken }));
  return [
    ...fixed(["ENVIRONMENT", "SERVICE_NAME"], ["name"], "is set for every function; remove it here"),
    ...fixed(encryptionVariables, ["encryption"], "is set by encryption; remove it and use encryption instead"),
    ...fixed(chaosVariables, ["chaos"], "switches faults on; remove it, and use the service's field chaos instead"),
    ...fixed(originVariableNames, ["edge"], "is set by edge; remove it and use edge.originSecret instead"),
    ...fixed([headersSecretVariable], ["name"], "is set by tracing of the environment; remove it here"),
    ...fixed(
      ["BUSINESS_METRICS"],
      ["metrics"],
      "is set by metrics; remove it and use the service's field metrics instead",
    ),
    ...(settings ? fixed(["SETTINGS_PATH"], ["settings"], "is already set by settings; remove it here") : []),
    ...(dependencies.length > 0
      ? fixed(
          [...breakerVariableNames, ...dependencies.map(dependencyVariable)],
          ["dependencies"],
          "is already set by dependencies; remove it here",
        )
      : []),
    ...(database ? fixed(databaseVariables, ["database"], "is already set by database; remove it here") : []),
    ...Object.entries(tables).flatMap(([table, { variable, homeReplica }]) => [
      ...(homeReplica
        ? fixed(["HOME_REGION"], ["tables", table, "homeReplica"], "is already set by homeReplica; remove it here")
        : []),
      {
        name: variable,
        at: ["tables", table, "variable"],
        chosen: true,
        taken: `is already set for table ${table}; remove it here, or change tables.${table}.variable`,
      },
    ]),
    ...Object.entries(publishes).flatMap(([bus, { variable, endpointVariable }]) => {
      const named = (name: string, field: string): ServiceVariable => ({
        name,
        at: ["publishes", bus, field],
        chosen: true,
        taken: `is already set for bus ${bus}; remove it here, or change publishes.${bus}.${field}`,
      });
      return [named(variable, "variable"), named(endpointVariable, "endpointVariable")];
    }),
    ...Object.entries(sends).map(([queue, { variable }]) => ({
      name: variable,
      at: ["sends", queue, "variable"],
      chosen: true,
      taken: `is already set for queue ${queue}; remove it here, or change sends.${queue}.variable`,
    })),
  ];
}

/** Reports variables that Lambda refuses, and each that would overwrite another one. Paths are relative to the service. */
export function checkVariables(
  service: Part & { readonly function: { readonly environment: Readonly<Record<string, string>> } },
  report: Report,
): void {
  const { environment } = service.function;
  const owners = new Map<string, ServiceVariable>();
  const told = new Set<string>();
  // What the toolkit itself names comes first, so that a mistake is told where somebody can mend it.
  const all = [...serviceVariables(service)].sort((one, other) => Number(one.chosen) - Number(other.chosen));
  for (const variable of all) {
    const { name, at, chosen, taken } = variable;
    const owner = owners.get(name);
    const problem = chosen ? (nameProblem(name) ?? secretProblem(name)) : undefined;
    if (problem) report([...at], problem);
    else if (owner && chosen) report([...at], overwritten(owner));
    else if (Object.hasOwn(environment, name) && !told.has(name)) {
      told.add(name);
      report(["function", "environment", name], taken);
    }
    if (!owner) owners.set(name, variable);
  }
}

const overwritten = ({ at, chosen }: ServiceVariable): string =>
  chosen
    ? `is also used in ${at.join(".")}, so one would overwrite the other; give each its own name`
    : `is a variable that the toolkit sets (${at.join(".")}), so one would overwrite the other; choose another name`;

const secretProblem = (name: string): string | undefined =>
  isSecretName(name) ? "is named like a secret, but holds none; choose another name" : undefined;
