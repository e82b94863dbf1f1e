import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "../../terraform";

/** What the stand-in for Terraform does in the folder of one stack. */
export interface Scenario {
  /** Address and action, in the words of Terraform's log. */
  readonly changes?: readonly (readonly [address: string, action: string])[];
  readonly dependencies?: readonly string[];
  /** What it reads, where `dependencies` are others. */
  readonly reads?: readonly string[];
  /** An apply fails until what stays was planned by itself. */
  readonly inUse?: boolean;
  /** The stack that has to be refreshed before this one can be planned. */
  readonly lacksOutputOf?: string;
  /** The command that fails. */
  readonly fails?: "init" | "plan" | "apply" | "destroy" | "show";
  /** The command that is killed. */
  readonly killed?: "plan" | "apply";
  /** With `fails`: it only fails where it evaluates the configuration, as without `-refresh=false`. */
  readonly refreshOnly?: boolean;
  /** There is no state to list. */
  readonly empty?: boolean;
  /** The command that cannot store its state, which is left in `errored.tfstate`. */
  readonly errored?: "apply" | "destroy";
  /** The state that could not be stored, and the one that is stored. */
  readonly state?: unknown;
  readonly stored?: unknown;
  /** A lock in Terraform's words, and the command that it is in the way of. */
  readonly lock?: Readonly<Record<string, string>>;
  readonly lockedFor?: "plan" | "apply" | "destroy";
  /** What the shown plan holds beside its version. */
  readonly plan?: Partial<Plan>;
  /** How many interrupts it takes to end it. */
  readonly interrupts?: number;
  /** An apply goes on once a call was noted so many times. */
  readonly waitFor?: { readonly call: string; readonly times: number };
  /** The same of a plan. */
  readonly planWaitsFor?: Scenario["waitFor"];
}

/** An output folder whose stacks are worked on by a stand-in for Terraform. */
export interface StandIn {
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  /** Every call so far, `<stack> <command> begin` and `... end`. */
  calls(): string[];
  /** Notes a line among the calls, for which a stack may wait. */
  note(line: string): void;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Puts the stand-in for Terraform into a folder. @returns its path */
export function standInProgram(folder: string, program = "terraform"): string {
  const binary = join(folder, program);
  copyFileSync(join(__dirname, "fixtures", "stand-in.js"), binary);
  chmodSync(binary, 0o755);
  return binary;
}

/**
 * Variables with which a verb that runs in a folder works on stacks by the stand-in for Terraform, which is put there. They are those that the
 * app in test/cli/fixtures synthesizes.
 */
export const standInEnv = (folder: string, stacks: Readonly<Record<string, Scenario>>): NodeJS.ProcessEnv => ({
  NO_COLOR: "1",
  TERRAFORM_BINARY_NAME: standInProgram(folder),
  CALLS: join(folder, "calls"),
  STACKS: JSON.stringify(stacks),
  SCENARIO: "{}",
});

/** Writes an output folder with a scenario for each stack. @param program the file name of the stand-in */
export function standIn(stacks: Readonly<Record<string, Scenario>>, program = "terraform"): StandIn {
  const output = mkdtempSync(join(tmpdir(), "evenkeel-driver-"));
  folders.push(output);
  const binary = standInProgram(output, program);
  const manifest = Object.entries(stacks).map(([name, { dependencies = [], reads, ...scenario }]) => {
    const workingDirectory = join("stacks", name);
    mkdirSync(join(output, workingDirectory), { recursive: true });
    writeFileSync(join(output, workingDirectory, "scenario.json"), JSON.stringify(scenario));
    return [name, { name, workingDirectory, dependencies, ...(reads && { reads }) }];
  });
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  const log = join(output, "calls");
  return {
    output,
    env: { TERRAFORM_BINARY_NAME: binary, CALLS: log },
    note: (line) => appendFileSync(log, `${line}\n`),
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
  };
}
