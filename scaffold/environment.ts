import type { EnvironmentInput, ServiceInput, Stage, TableInput } from "../config";
import { literal } from "./literal";

/** What a new environment is asked for. */
export interface EnvironmentAnswers {
  readonly name: string;
  readonly account: string;
  readonly home: string;
  readonly standby: readonly string[];
  readonly stage: Stage;
  /** E-mail address that alarms and the budget go to. */
  readonly email: string;
  /** The bucket of its state; local state, for an environment that may be lost, if left out. */
  readonly bucket?: { readonly name: string; readonly region: string; readonly kmsKeyArn: string };
}

/** A new environment, as data. */
export function newEnvironment(answers: EnvironmentAnswers, services: readonly ServiceInput[] = []): EnvironmentInput {
  const { name, account, home, standby, stage, email, bucket } = answers;
  return {
    name,
    description: bucket ? `The environment ${name}` : "For trying things out; holds nothing that matters",
    stage,
    ...(bucket ? {} : { disposable: true }),
    account,
    regions: { home, standby: [...standby] },
    state: bucket
      ? {
          backend: "s3",
          bucket: bucket.name,
          region: bucket.region,
          keyPrefix: `evenkeel/${name}`,
          kmsKeyArn: bucket.kmsKeyArn,
        }
      : { backend: "local" },
    alerts: { emails: [email] },
    tables: [],
    services: [...services],
    spendGuard: { monthlyLimitUsd: 20, emails: [email] },
  } as EnvironmentInput;
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
