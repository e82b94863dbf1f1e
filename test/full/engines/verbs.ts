import { existsSync } from "node:fs";
import { join } from "node:path";
import { standInProgram } from "../../terraform/stand-in";
import type { App, NodeProgram } from "./apps";

/** A call of a verb that needs no simulated cloud, and what it has to say. */
interface Call {
  readonly args: readonly string[];
  readonly says: readonly string[];
  /** Whether it ends with 1. */
  readonly fails?: boolean;
}

/** In a project with the team's own work, in this order: `deploy` and what follows work in one folder. */
const calls: readonly Call[] = [
  { args: ["describe", "sandbox"], says: ["sandbox-services-eu-west-1", "auditTrail", "sandbox-reports"] },
  { args: ["describe", "qa"], says: ["qa-keys", "qa-reports"] },
  { args: ["recovery", "sandbox"], says: ["Recovery of sandbox in eu-central-1"] },
  { args: ["account", "sandbox"], says: ["eu-west-1"] },
  { args: ["topology", "sandbox", "--stage", "optimization"], says: [join("topology", "sandbox-optimization.svg")] },
  { args: ["gate", "sandbox-services-eu-west-1.json"], says: ["audit-trails-stay"], fails: true },
  { args: ["inventory"], says: ["Nothing exists in the simulated cloud"] },
  { args: ["doctor"], says: ["Nothing is wrong."] },
  { args: ["deploy", "sandbox"], says: ["there is no terminal to ask on; pass --auto-approve"], fails: true },
];

/** Those that run Terraform, with a stand-in for it, on two stacks of which one is the team's own. */
const terraformCalls: readonly Call[] = [
  {
    args: ["deploy", "sandbox", "--stacks", "keys,reports", "--auto-approve", "--first-deployment"],
    says: ["sandbox-keys", "sandbox-reports"],
  },
  { args: ["unlock", "sandbox", "reports"], says: ["No state of reports is locked."] },
  { args: ["destroy", "sandbox", "--stacks", "reports", "--auto-approve"], says: ["sandbox-reports"] },
];

/** Calls every verb that needs no simulated cloud. @returns what did not end or answer as it should */
export async function callVerbs(app: App, node: NodeProgram): Promise<string[]> {
  const standIn = join(app.folder, ".evenkeel", "terraform");
  if (!existsSync(standIn)) standInProgram(join(app.folder, ".evenkeel"));
  const scenario = { changes: [["aws_sqs_queue.q", "create"]] };
  const withStandIn = {
    TERRAFORM_BINARY_NAME: standIn,
    SCENARIO: JSON.stringify(scenario),
    CALLS: join(app.folder, ".evenkeel", "calls"),
  };
  const problems: string[] = [];
  for (const call of calls) problems.push(...(await problemsOf(app, node, call, {})));
  for (const call of terraformCalls) problems.push(...(await problemsOf(app, node, call, withStandIn)));
  return problems;
}

async function problemsOf(
  app: App,
  node: NodeProgram,
  { args, says, fails = false }: Call,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { code, stdout, stderr } = await app.end("evenkeel", args, { node, env });
  const said = `${stdout}${stderr}`;
  const isRight = code === (fails ? 1 : 0) && says.every((text) => said.includes(text)) && !/^\s+at /m.test(said);
  return isRight ? [] : [`evenkeel ${args.join(" ")} ended with ${code}, and not with ${says.join(", ")}:\n${said}`];
}
