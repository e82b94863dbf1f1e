/** Who holds the lock of a state, as Terraform prints it. */
export interface StateLock {
  readonly id: string;
  /** `user@host`. */
  readonly who: string;
  /** When it was taken, `2026-01-31 06:24:12.1 +0000 UTC`. */
  readonly created: string;
  /** `OperationTypeApply`, `OperationTypePlan`. */
  readonly operation: string;
  /** Where the state is. */
  readonly path: string;
}

/** What Terraform calls the operations of its locks, in words. */
const operations: Readonly<Record<string, string>> = {
  OperationTypeApply: "apply",
  OperationTypePlan: "plan",
  OperationTypeRefresh: "refresh",
};

/**
 * Reads the block that Terraform and OpenTofu print when a state is locked; undefined if there is none.
 * @see https://developer.hashicorp.com/terraform/language/state/locking
 */
export function readStateLock(said: string): StateLock | undefined {
  const [, block] = /Lock Info:\n((?:[ │]*\w+: .*\n?)+)/.exec(said) ?? [];
  if (block === undefined) return undefined;
  const fields = new Map(
    [...block.matchAll(/(\w+):[ \t]*(.*)/g)].map(([, name = "", value = ""]) => [name, value.trim()]),
  );
  const operation = fields.get("Operation") ?? "";
  return {
    id: fields.get("ID") ?? "",
    who: fields.get("Who") || "unknown",
    created: fields.get("Created") || "unknown",
    operation: operations[operation] ?? operation,
    path: fields.get("Path") ?? "",
  };
}

/** What holds up a run, and how to go on. @param stack name of the stack, `prod-data` */
export function explainStateLock(
  { id, who, created, operation }: StateLock,
  stack: string,
  environment: string | undefined,
  env: NodeJS.ProcessEnv,
): string {
  return [
    `The state of ${stack} is locked: by ${who}, since ${created}, for: ${operation || "unknown"} (lock ${id}).`,
    "If that run is still going, wait for it. If it was killed, release its lock:",
    `  ${howToUnlock(stack, environment, env, id)}`,
  ].join("\n");
}

/** What a killed Terraform leaves behind, and how to go on. */
export function explainKill(stack: string, environment: string | undefined, env: NodeJS.ProcessEnv): string {
  return [
    "It was killed, so the resources that it worked on may be half done, and missing in the state.",
    "A state in S3 may still be locked; this shows who holds the lock, and releases it:",
    `  ${howToUnlock(stack, environment, env)}`,
  ].join("\n");
}

/** @param environment undefined where a stack belongs to none */
function howToUnlock(stack: string, environment: string | undefined, env: NodeJS.ProcessEnv, id = "<lock id>"): string {
  const command = environment ? `npx evenkeel unlock ${environment} ${stack}` : `terraform force-unlock ${id}`;
  return `${whereItRan(env)}${command}`;
}

/** What comes before a command that has to run where this one runs: in the simulated cloud, or not. */
export function whereItRan(env: NodeJS.ProcessEnv): string {
  return env.EVENKEEL_SIMULATED ? "npx evenkeel simulate -- " : "";
}
