import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReasonedWildcard } from "../contract/gate";
import { lockedProviders, lockFileName, readStackFolders } from "../terraform";
import type { StackPlan } from "./check";

/** A reason that stands beside a stack for a check of another scanner: a line of its `accepted-findings.json`. */
export interface ReasonedCheck {
  /** Terraform address of the resource. */
  readonly address: string;
  /** Id of the check: `CKV_AWS_18`. */
  readonly check: string;
  /** Why the resource stays as it is. */
  readonly reason: string;
}

/**
 * What stands beside the `cdk.tf.json`, or the `*.tf`, of a stack and says more than its plan.
 * @param folder of the stack; nothing is found in any other one
 */
export function reasonsBeside(folder: string): Pick<StackPlan, "wildcards" | "lockedProviders"> {
  const lock = join(folder, lockFileName);
  return {
    wildcards: listIn<ReasonedWildcard>(join(folder, "policy-wildcards.json")),
    lockedProviders: existsSync(lock)
      ? lockedProviders(readFileSync(lock, "utf8")).map(({ source }) => source)
      : undefined,
  };
}

/** What stands beside each stack of an output folder, by the stack's name. @param output a cdktf output folder */
export const reasonsIn = (output: string): ((stack: string) => ReturnType<typeof reasonsBeside>) => {
  const folders = new Map(readStackFolders(output).map(({ name, folder }) => [name, folder]));
  return (stack) => {
    const folder = folders.get(stack);
    return folder === undefined ? {} : reasonsBeside(folder);
  };
};

/** The reasons that stand beside a stack for what other scanners find. @param folder of the stack */
export const acceptedChecksBeside = (folder: string): readonly ReasonedCheck[] =>
  listIn<ReasonedCheck>(join(folder, "accepted-findings.json"));

/** The toolkit writes these files; what is none of it accepts nothing. */
function listIn<Entry>(file: string): readonly Entry[] {
  if (!existsSync(file)) return [];
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(read) ? (read as Entry[]) : [];
  } catch {
    return [];
  }
}
