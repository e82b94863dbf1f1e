import type { BaseEnvironment, Rule } from "../../contract";
import { partitionOf } from "../../modules/core";
import { type Expected, placeProblem } from "../../values/availability";

/** A field that names something that is in AWS already. */
export interface IdentifierField {
  /** `[]` for each entry of a list, `*` for each of a record. */
  readonly path: readonly string[];
  /** What it names: `role`. */
  readonly what: string;
  readonly expected: (environment: BaseEnvironment, value: string) => Expected;
}

const inPartition = ({ regions }: BaseEnvironment): Expected => ({ partitionOf: regions.home });
const inAccount = ({ account, regions }: BaseEnvironment): Expected => ({ partitionOf: regions.home, account });
const inAccountAndRegions = (environment: BaseEnvironment): Expected => {
  const { home, standby } = environment.regions;
  return { ...inAccount(environment), regions: [home, ...standby] };
};

/** Every field with an ARN, or with the address of an image. A test finds those of the schema that are missing here. */
export const identifierFields: readonly IdentifierField[] = [
  { path: ["deployRoleArn"], what: "role", expected: inAccount },
  // The zones may be in an account of their own.
  { path: ["hostedZones", "recordsRoleArn"], what: "role", expected: inPartition },
  {
    path: ["iam", "permissionsBoundaryArn"],
    what: "policy",
    // AWS's own policies are of no account.
    expected: (environment, arn) => (arn.includes(":iam::aws:") ? inPartition(environment) : inAccount(environment)),
  },
  // The state may be in an account of its own; the region is that of its bucket, which the field itself looks at.
  { path: ["state", "kmsKeyArn"], what: "key", expected: inPartition },
  { path: ["state", "secondary", "kmsKeyArn"], what: "key", expected: inPartition },
  // Keys of bundles may be of an account for pipelines, in any region; who reads elsewhere is of another account.
  { path: ["rollout", "bundles", "encryptWith", "[]"], what: "key", expected: inPartition },
  { path: ["rollout", "promotion", "readBy", "roleArn"], what: "role", expected: inPartition },
  // Whoever administrates keys may be of another account.
  ...["data", "operations", "application"].map((key) => ({
    path: ["keys", key, "administrators", "[]"],
    what: "role",
    expected: inPartition,
  })),
  ...["data", "operations", "application"].map((key) => ({
    // The region is that of its entry, which a rule of its own looks at.
    path: ["keys", key, "existing", "*"],
    what: "key",
    expected: inAccount,
  })),
  // Their regions are those of their entries, which a rule of their own looks at; a platform team's may be of another account.
  { path: ["tracing", "openTelemetry", "headersSecretArns", "*"], what: "secret", expected: inPartition },
  { path: ["tracing", "openTelemetry", "headersKeyArns", "*"], what: "key", expected: inPartition },
  // A vendor's.
  { path: ["tracing", "layer", "arns", "*"], what: "layer", expected: inPartition },
  { path: ["tracing", "collector", "image"], what: "repository", expected: inPartition },
  { path: ["databases", "[]", "pgbouncer", "certificateSecretArn"], what: "secret", expected: inAccountAndRegions },
  // Each region pulls from its own repository, whichever region is written here; a registry may be of another account.
  { path: ["databases", "[]", "pgbouncer", "image"], what: "repository", expected: inPartition },
  // Their regions are those of their entries, which a rule of their own looks at.
  { path: ["existingTables", "[]", "arns", "*"], what: "table", expected: inAccount },
  { path: ["existingTables", "[]", "keyArns", "*"], what: "key", expected: inPartition },
  { path: ["existingTables", "[]", "streamArns", "*"], what: "stream", expected: inAccount },
  { path: ["existingBuses", "[]", "arns", "*"], what: "event bus", expected: inAccount },
  // A vendor's, or AWS's own.
  { path: ["existingLayers", "[]", "arns", "*"], what: "layer", expected: inPartition },
  { path: ["existingLayers", "[]", "signedBy", "*"], what: "signing profile", expected: inPartition },
  // Its region is always {region}; an authorizer may be of another account.
  { path: ["services", "[]", "api", "lambdaAuthorizers", "*", "functionArn"], what: "function", expected: inPartition },
  // Whatever a team owns, in any region or account.
  { path: ["services", "[]", "permissions", "[]", "resources", "[]"], what: "resource", expected: inPartition },
  // A rule of their own looks at the region; what takes failed events may be of another account.
  { path: ["services", "[]", "onFailure", "arn"], what: "destination", expected: inPartition },
  { path: ["services", "[]", "onFailure", "keyArn"], what: "key", expected: inPartition },
  // Each region pulls from its own repository, and reads its own replica of a secret.
  { path: ["containers", "[]", "container", "image"], what: "repository", expected: inPartition },
  { path: ["containers", "[]", "container", "secrets", "*", "secretArn"], what: "secret", expected: inPartition },
  { path: ["containers", "[]", "container", "secrets", "*", "keyArn"], what: "key", expected: inPartition },
  // The module looks at the region of its entry.
  { path: ["containers", "[]", "loadBalancer", "webAclArns", "*"], what: "web ACL", expected: inPartition },
  { path: ["containers", "[]", "permissions", "[]", "resources", "[]"], what: "resource", expected: inPartition },
  // Whoever may delete backups, or administrates their key, may be of another account.
  { path: ["backups", "deletionRoles", "[]"], what: "role", expected: inPartition },
  { path: ["backups", "key", "administrators", "[]"], what: "role", expected: inPartition },
  // The region is that of its entry, which a rule of its own looks at.
  { path: ["backups", "key", "existing", "*"], what: "key", expected: inAccount },
  { path: ["spendGuard", "anomalies", "existingMonitorArn"], what: "monitor", expected: inAccount },
];

export const identifierRules: readonly Rule[] = [
  {
    id: "identifiers-are-of-the-environment",
    statement:
      "What is named by an ARN or an address is in the partition, the region and the account that it is used in.",
    check(environment, report) {
      for (const { path, what, expected } of identifierFields) {
        for (const found of valuesAt(environment, path)) {
          const problem = placeProblem(
            what,
            withoutPlaceholders(found.value, environment),
            expected(environment, found.value),
          );
          if (problem) report([...found.path], problem);
        }
      }
    },
  },
];

/** An ARN with the values of the environment where it has placeholders. */
function withoutPlaceholders(text: string, { account, regions: { home } }: BaseEnvironment): string {
  const values: Readonly<Record<string, string>> = { account, region: home, partition: partitionOf(home) };
  return text.replace(/\{(account|region|partition)\}/g, (_, name: string) => values[name] ?? "");
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly value: string;
}

/** The texts at a path, with the path of each. */
function valuesAt(value: unknown, [head, ...rest]: readonly string[], path: readonly PropertyKey[] = []): Found[] {
  if (head === undefined) return typeof value === "string" ? [{ path, value }] : [];
  if (typeof value !== "object" || value === null) return [];
  if (head === "[]") {
    return Array.isArray(value) ? value.flatMap((entry, index) => valuesAt(entry, rest, [...path, index])) : [];
  }
  const entries = head === "*" ? Object.entries(value) : [[head, (value as Record<string, unknown>)[head]] as const];
  return entries.flatMap(([key, entry]) => valuesAt(entry, rest, [...path, key]));
}
