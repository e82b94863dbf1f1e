import path from "node:path";
import { UserError } from "../../errors";
import { openFrontDoor } from "./front-door";

/**
 * Says what a shell has to run in place of `terraform`: `node main.js <folder of the simulated cloud> <program> <arguments…>`.
 * Ends with 1 and a message where nothing may be run.
 */
async function main(): Promise<void> {
  const [directory = "", program = "", ...args] = process.argv.slice(2);
  try {
    const say = (line: string) => void process.stderr.write(`Simulated cloud: ${line}\n`);
    const options = { directory: path.resolve(directory), program, args, env: process.env, say };
    process.stdout.write(await openFrontDoor(options));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`Simulated cloud: ${error.message} Nothing was run.\n`);
    process.exitCode = 1;
  }
}

void main();
