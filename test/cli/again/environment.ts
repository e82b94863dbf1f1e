import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type StartedProcess, startProcess } from "../../../terraform";
import { writeProject } from "../../support/project-app";

const root = resolve(__dirname, "..", "..", "..");

export const home = "eu-west-1";
export const standby = "eu-central-1";
/** The account of prod. */
export const account = "444444444444";

const ref = (expression: string) => `\${${expression}}`;

const inRegion = (region: string) => ({ provider: `aws.${region}` });

/** A function with its alias in a region, by resource name. */
const lambda = (name: string, region: string, variables: Record<string, string>) => ({
  aws_lambda_function: {
    [`${name}-${region}`]: { ...inRegion(region), function_name: `prod-${name}`, environment: { variables } },
  },
  aws_lambda_alias: {
    [`${name}-${region}`]: {
      ...inRegion(region),
      name: "live",
      function_name: ref(`aws_lambda_function.${name}-${region}.function_name`),
    },
  },
});

const idempotent = { HANDLED_EVENTS_TABLE_NAME: "prod-handled-events" };

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

const merged = (...all: readonly Resources[]): Resources =>
  all.reduce<Record<string, Record<string, object>>>((into, each) => {
    for (const [type, resources] of Object.entries(each)) into[type] = { ...into[type], ...resources };
    return into;
  }, {});

/**
 * What the modules build for a bus with a rule in each region, whose target is a function, and for a queue that a function reads. The
 * function of the rule remembers what it has handled; that of the queue `plain` does not.
 */
export const resources: Resources = merged(lambda("shipments", home, idempotent), lambda("plain", home, {}), {
  aws_sqs_queue: {
    rule: { ...inRegion(home), name: "prod-orders-shipments-dead-letters" },
    failed: { ...inRegion(home), name: "prod-shipments-failed-events" },
    work: {
      ...inRegion(home),
      name: "prod-work",
      redrive_policy: JSON.stringify({ deadLetterTargetArn: ref("aws_sqs_queue.lost.arn") }),
    },
    lost: { ...inRegion(home), name: "prod-work-dead-letters" },
  },
  aws_cloudwatch_event_bus: { orders: { ...inRegion(home), name: "prod-orders" } },
  aws_cloudwatch_event_rule: {
    shipments: { ...inRegion(home), name: "shipments", event_pattern: '{"source":["orders"]}' },
  },
  aws_cloudwatch_event_target: {
    shipments: {
      ...inRegion(home),
      arn: ref("aws_lambda_alias.shipments-eu-west-1.arn"),
      event_bus_name: ref('element(split("/", aws_cloudwatch_event_bus.orders.arn), 1)'),
      rule: ref("aws_cloudwatch_event_rule.shipments.name"),
      dead_letter_config: { arn: ref("aws_sqs_queue.rule.arn") },
    },
  },
  aws_lambda_function_event_invoke_config: {
    shipments: {
      ...inRegion(home),
      function_name: ref("aws_lambda_function.shipments-eu-west-1.function_name"),
      qualifier: ref("aws_lambda_alias.shipments-eu-west-1.name"),
      destination_config: { on_failure: { destination: ref("aws_sqs_queue.failed.arn") } },
    },
  },
  aws_lambda_event_source_mapping: {
    work: {
      ...inRegion(home),
      event_source_arn: ref("aws_sqs_queue.work.arn"),
      function_name: ref("aws_lambda_alias.plain-eu-west-1.arn"),
    },
  },
});

/** What the modules build for a bus with an archive in two regions, whose rule brings events to a queue that a function reads. */
export const archived: Resources = merged(
  ...[home, standby].map((region) =>
    merged(lambda("shipments", region, idempotent), {
      aws_sqs_queue: { [`work-${region}`]: { ...inRegion(region), name: "prod-work" } },
      aws_cloudwatch_event_bus: { [`orders-${region}`]: { ...inRegion(region), name: "prod-orders" } },
      aws_cloudwatch_event_archive: {
        [`orders-${region}`]: {
          ...inRegion(region),
          name: "prod-orders",
          retention_days: 30,
          event_pattern: '{"source":[{"anything-but":["evenkeel.heartbeat"]}]}',
          event_source_arn: ref(`aws_cloudwatch_event_bus.orders-${region}.arn`),
        },
      },
      aws_cloudwatch_event_rule: {
        [`shipments-${region}`]: { ...inRegion(region), name: "shipments", event_pattern: '{"source":["orders"]}' },
        [`heartbeat-${region}`]: {
          ...inRegion(region),
          name: "heartbeat",
          event_pattern: '{"source":["evenkeel.heartbeat"]}',
        },
      },
      aws_cloudwatch_event_target: Object.fromEntries(
        ["shipments", "heartbeat"].map((name) => [
          `${name}-${region}`,
          {
            ...inRegion(region),
            arn: ref(`aws_sqs_queue.work-${region}.arn`),
            event_bus_name: ref(`aws_cloudwatch_event_bus.orders-${region}.name`),
            rule: ref(`aws_cloudwatch_event_rule.${name}-${region}.name`),
          },
        ]),
      ),
      aws_lambda_event_source_mapping: {
        [`work-${region}`]: {
          ...inRegion(region),
          event_source_arn: ref(`aws_sqs_queue.work-${region}.arn`),
          function_name: ref(`aws_lambda_alias.shipments-${region}.arn`),
        },
      },
    }),
  ),
);

/** A folder of a project whose prod consists of such resources. */
export function projectWith(): string {
  const project = mkdtempSync(join(tmpdir(), "evenkeel-again-"));
  writeProject(project, `"${process.execPath}" "${join(root, "test", "cli", "fixtures", "stacks-app.js")}"`);
  return project;
}

/** Credentials that moto takes for the account. */
export const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/** A run of the command line as installed. */
export function evenkeel(
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  of: Resources,
): { readonly started: StartedProcess; readonly printed: () => { stdout: string; stderr: string } } {
  const started = startProcess(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...credentials, RESOURCES: JSON.stringify(of), ...env },
  });
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    started.child[stream]?.on("data", (text) => {
      printed[stream] += String(text);
    });
  }
  return { started, printed: () => printed };
}
