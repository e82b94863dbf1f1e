import { dirname, join } from "node:path";
import { UserError } from "../errors";
import { describeEnd, runProcess } from "./process";
import type { ProcessEnd } from "./start-process";

/** A cdktf-cli command that failed, with the end of its output. */
export class CdktfError extends UserError {
  override readonly name = "CdktfError";

  constructor(args: readonly string[], end: ProcessEnd, output: string) {
    const tail = output.trim().split("\n").slice(-40).join("\n");
    super(`cdktf ${args.join(" ")} ended with ${describeEnd(end)}:\n${tail}`);
  }
}

/**
 * Runs cdktf-cli as installed in the project.
 * @param env environment variables on top of this process's own
 * @throws CdktfError if its exit code is not 0
 */
export async function cdktf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const bin = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
  const { stdout, stderr, ...end } = await runProcess(process.execPath, [bin, ...args], {
    env: { ...process.env, ...env, CI: "1", FORCE_COLOR: "0" },
  });
  if (end.code !== 0) throw new CdktfError(args, end, `${stdout}\n${stderr}`);
  return stdout;
}
