import { spawn } from "node:child_process";
import { dirname, join } from "node:path";

/** A command of cdktf-cli that did not succeed, with the end of what it printed. */
export class CdktfError extends Error {
  override readonly name = "CdktfError";

  constructor(args: readonly string[], code: number | null, output: string) {
    const tail = output.trim().split("\n").slice(-40).join("\n");
    super(`cdktf ${args.join(" ")} ended with code ${code}:\n${tail}`);
  }
}

/**
 * Runs cdktf-cli as installed in the project.
 * @throws CdktfError when it ends with another code than 0
 */
export async function cdktf(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; signal?: AbortSignal; onOutput?: (text: string) => void },
): Promise<string> {
  const bin = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, ...options.env, CI: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    signal: options.signal,
  });
  let output = "";
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    options.onOutput?.(chunk.toString());
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const code = await new Promise<number | null>((done, fail) => child.on("error", fail).on("close", done));
  if (code !== 0) throw new CdktfError(args, code, output);
  return output;
}
