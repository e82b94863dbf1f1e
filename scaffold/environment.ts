import type { EnvironmentInput, Organisation, ServiceInput, Stage, TableInput } from "../config";
import { isAvailable } from "../values/availability";
import { literal } from "./literal";

/** What a new environment states of its state in S3. */
export interface StateAnswers {
  readonly bucket?: string;
  readonly region?: string;
  readonly kmsKeyArn?: string;
}

/** What a new environment is asked for. */
export interface EnvironmentAnswers {
  readonly name: string;
  readonly account: string;
  readonly home: string;
  readonly standby: readonly string[];
  readonly stage: Stage;
  /** E-mail address that alarms and the budget go to; left out where the organisation gives some. */
  readonly email?: string;
  /** Of its state in S3, what the organisation does not give; local state, for an environment that may be lost, if left out. */
  readonly state?: StateAnswers;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Defaults of a project's organisation, which a new environment does not repeat. */
export type GivenDefaults = Pick<Organisation["defaults"], "state" | "alerts">;

/** A new environment, as data. */
export function newEnvironment(
  answers: EnvironmentAnswers,
  services: readonly ServiceInput[] = [],
  given: GivenDefaults = { state: {}, alerts: {} },
): EnvironmentInput {
  const { name, account, home, standby, stage, email, state, tags = {} } = answers;
  return {
    name,
    description: state ? `The environment ${name}` : "For trying things out; holds nothing that matters",
    stage,
    ...(isAvailable("aws_budgets_budget", home) ? {} : { exceptions: { spendGuard: withoutBudgets } }),
    ...(state ? {} : { disposable: true }),
    account,
    regions: { home, standby: [...standby] },
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    ...ownState(name, state, given.state),
    ...(email === undefined ? {} : { alerts: { emails: [email] } }),
    tables: [],
    services: [...services],
    spendGuard: { monthlyLimitUsd: 20, emails: email === undefined ? given.alerts.emails : [email] },
  } as EnvironmentInput;
}

const withoutBudgets = { enabled: false, reason: "AWS Budgets is not in this partition" };

function ownState(name: string, state: StateAnswers | undefined, given: GivenDefaults["state"]) {
  if (!state) return { state: { backend: "local" } };
  const { bucket, region, kmsKeyArn } = state;
  const keyPrefix = given.keyPrefix === undefined ? `evenkeel/${name}` : undefined;
  const own = { bucket, region, keyPrefix, kmsKeyArn };
  return Object.values(own).every((value) => value === undefined) ? {} : { state: { backend: "s3", ...own } };
}

/** The file of an environment. @param toolkit the name that the project imports the toolkit by */
export const environmentFile = (input: EnvironmentInput, toolkit: string): string =>
  `import { defineEnvironment } from "${toolkit}";\n\nexport default defineEnvironment(${literal(input)});\n`;

/** A new service: one function behind an HTTP API. */
export const newService = (name: string): ServiceInput =>
  ({
    name,
    function: {
      entry: `services/${name}/handler.ts`,
      memoryMb: 256,
      timeoutSeconds: 10,
      reservedConcurrency: null,
      logRetentionDays: 30,
    },
    api: {
      routes: { "GET /health": { authorization: "NONE" }, [`GET /${name}`]: {} },
      throttle: { rateLimit: 20, burstLimit: 40 },
      logRetentionDays: 30,
    },
  }) as ServiceInput;

/** A new table. @param disposable whether its environment may be lost */
export const newTable = (
  name: string,
  { partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey?: string },
  disposable: boolean,
): TableInput =>
  ({
    name,
    partitionKey,
    ...(sortKey ? { sortKey } : {}),
    attributes: Object.fromEntries([partitionKey, ...(sortKey ? [sortKey] : [])].map((key) => [key, "S"])),
    ...(disposable ? { deletionProtection: false } : {}),
  }) as TableInput;
