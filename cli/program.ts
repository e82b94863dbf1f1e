import { Command } from "commander";
import type { ErrorDocument } from "./document";
import { printJson } from "./run-verb";
import { toolkitVersion } from "./toolkit-name";
import { accountVerb } from "./verbs/account";
import { addVerb } from "./verbs/add";
import { applyVerb } from "./verbs/apply";
import { auditVerb } from "./verbs/audit";
import { bundleVerb } from "./verbs/bundle";
import { chaosVerb } from "./verbs/chaos";
import { completionVerb } from "./verbs/completion";
import { costVerb } from "./verbs/cost";
import { demoVerb } from "./verbs/demo";
import { deployVerb } from "./verbs/deploy";
import { describeVerb } from "./verbs/describe";
import { destroyVerb } from "./verbs/destroy";
import { doctorVerb } from "./verbs/doctor";
import { driftVerb } from "./verbs/drift";
import { gateVerb } from "./verbs/gate";
import { initVerb } from "./verbs/init";
import { inventoryVerb } from "./verbs/inventory";
import { kpiVerb } from "./verbs/kpi";
import { loadtestVerb } from "./verbs/loadtest";
import { locksVerb } from "./verbs/locks";
import { migrationsVerb } from "./verbs/migrations";
import { moveVerb } from "./verbs/move";
import { planVerb } from "./verbs/plan";
import { previewsVerb } from "./verbs/previews";
import { quotasVerb } from "./verbs/quotas";
import { recoveryVerb } from "./verbs/recovery";
import { redriveVerb } from "./verbs/redrive";
import { rehearseVerb } from "./verbs/rehearse";
import { replayVerb } from "./verbs/replay";
import { reportVerb } from "./verbs/report";
import { sbomVerb } from "./verbs/sbom";
import { scanVerb } from "./verbs/scan";
import { simulateVerb } from "./verbs/simulate";
import { stateVerb } from "./verbs/state";
import { topologyVerb } from "./verbs/topology";
import { unlockVerb } from "./verbs/unlock";
import { warmVerb } from "./verbs/warm";

const verbs = [
  initVerb,
  addVerb,
  doctorVerb,
  simulateVerb,
  demoVerb,
  describeVerb,
  accountVerb,
  quotasVerb,
  locksVerb,
  moveVerb,
  planVerb,
  applyVerb,
  bundleVerb,
  deployVerb,
  destroyVerb,
  previewsVerb,
  unlockVerb,
  driftVerb,
  stateVerb,
  gateVerb,
  migrationsVerb,
  scanVerb,
  auditVerb,
  sbomVerb,
  topologyVerb,
  recoveryVerb,
  costVerb,
  warmVerb,
  loadtestVerb,
  chaosVerb,
  kpiVerb,
  reportVerb,
  redriveVerb,
  replayVerb,
  rehearseVerb,
  inventoryVerb,
  completionVerb,
];
/** The command line: every verb, with its options and its manual. */
export function createProgram(): Command {
  const program = new Command("evenkeel")
    .description("Multi-region deployment toolkit for CDK for Terraform on AWS")
    .version(toolkitVersion(), "--version", "say the version of the toolkit")
    .showHelpAfterError()
    .enablePositionalOptions()
    .configureOutput({
      outputError: (text, write) => {
        write(text);
        if (asksForJson(process.argv)) printJson(mistakeInArguments(text));
      },
    });
  for (const add of verbs) add(program);
  return program;
}

/** Whether arguments that cannot be parsed ask for JSON. What follows `--` belongs to another program. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).includes("--json");
}

const mistakeInArguments = (text: string): ErrorDocument => ({
  error: { message: text.replace(/^error: /, "").trim(), problems: [] },
});

/** Runs the verb that the arguments of this process name. */
export async function run(): Promise<void> {
  // Who reads no further, such as `head`, stops nothing that runs.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  await createProgram().parseAsync();
}
