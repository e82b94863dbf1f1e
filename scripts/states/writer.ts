import { pairOf } from "../../cli/state/pair";
import { recordedIn } from "../../cli/state/recorded";
import type { S3State } from "../../contract";
import { TerraformStack } from "../../terraform";
import type { Root } from "./root";

/** What a writer is told: where it works, and with which buckets. */
export interface WriterInput {
  readonly environment: string;
  readonly account: string;
  readonly state: S3State;
  readonly root: Root;
}

/** Applies a root as verbs do: with the serials written down in the other bucket, in a process that can be killed. */
async function main(): Promise<void> {
  const { environment, account, state, root } = JSON.parse(process.argv[2] ?? "{}") as WriterInput;
  const pair = pairOf(state, account);
  if (!pair) throw new Error("there is one bucket only");
  const stack = new TerraformStack({ name: root.stack, folder: root.folder }, {}, { environment });
  await recordedIn(pair, environment, "evenkeel deploy", () => stack.deploy());
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
