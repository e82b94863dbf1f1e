import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { stages } from "../../../config";
import { readSynthesizedStacks, resourcesOf } from "../../../terraform";
import type { App, NodeProgram } from "./apps";

/** What the team has added, as the Terraform of its stacks has it at every stage, and what a standby region then gets of it. */
const added = [
  "qa-reports aws_lambda_function.service_function_function",
  "sandbox-data aws_dynamodb_table.orders_table",
  "sandbox-reports aws_lambda_function.service_function_function",
  "sandbox-reports aws_sqs_queue.queue_queue",
  "sandbox-reports aws_ssm_parameter.settings_page-size-eu-west-1",
  "sandbox-services-eu-west-1 aws_lambda_function.orders_function_function",
  "sandbox-services-eu-west-1 aws_sqs_queue.hello_audit-trail",
];
const addedInStandby = [
  "sandbox-data aws_dynamodb_table_replica.orders_replica-eu-central-1",
  "sandbox-services-eu-central-1 aws_lambda_function.orders_function_function",
  "sandbox-services-eu-central-1 aws_sqs_queue.hello_audit-trail",
];

/** Runs `main.ts` of a project at every stage. @returns for each stage what it lacks, and stacks with another provider */
export async function lackingAtStages(app: App, node: NodeProgram): Promise<Record<string, string[]>> {
  const lacking: Record<string, string[]> = {};
  for (const stage of stages) {
    const output = join("cdktf.out", `${stage}-${node.major}`);
    const env = { EVENKEEL_SIMULATED: ".evenkeel/simulated", CDKTF_OUTDIR: output };
    await app.run("--require", ["evenkeel/register", "main.ts", "--stage", stage], { node, env });
    const stacks = readSynthesizedStacks(join(app.folder, output));
    const found = new Set(
      stacks.flatMap((stack) => [...resourcesOf(stack).keys()].map((key) => `${stack.name} ${key}`)),
    );
    const expected = stage === "optimization" ? [...added, ...addedInStandby] : added;
    const pinned = { source: "hashicorp/aws", version: app.engine.awsProvider };
    const unpinned = stacks.filter(
      ({ terraform: { terraform } }) => !isDeepStrictEqual(requiredProvider(terraform), pinned),
    );
    lacking[stage] = [...expected.filter((each) => !found.has(each)), ...unpinned.map(({ name }) => name)];
  }
  return lacking;
}

const requiredProvider = (terraform: unknown): unknown =>
  (terraform as { required_providers?: { aws?: unknown } } | undefined)?.required_providers?.aws;
