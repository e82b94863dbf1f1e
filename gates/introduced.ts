import type { Finding } from "../contract/gate";
import { type Change, managedChanges, type Plan, type ResourceChange, valueAt } from "../terraform";

/** What is wrong with the values of a resource, at one argument. */
export interface Problem {
  /** The argument, with the blocks that it is in: `acl`, `encrypt_at_rest.enabled`. */
  readonly argument: string;
  /** What the plan would do; it follows the address: "would let everybody read". */
  readonly message: string;
  /** What to do about it, where more can be said than the gate says. */
  readonly howToFix?: string;
}

/**
 * What a plan brings into the world: problems of what it creates, a replacement included, and those of an update that there were not
 * before it. What stands already is no part of the change, and no gate's business.
 */
export const introduced = (
  plan: Plan,
  judge: (type: string, values: unknown, resource: ResourceChange) => readonly Problem[],
): Finding[] =>
  createdOrChanged(plan).flatMap((resource) => {
    const { address, type, change } = resource;
    const stood = isCreated(resource) ? [] : judge(type, change.before, resource);
    const standing = new Set(stood.map(({ argument, message }) => `${argument} ${message}`));
    return judge(type, change.after, resource)
      .filter(({ argument, message }) => !standing.has(`${argument} ${message}`))
      .map(({ argument, message, howToFix }) => ({
        address,
        message,
        acknowledgedAs: `${address}.${argument}`,
        ...(howToFix !== undefined && { howToFix }),
      }));
  });

/** The resources that a plan creates, replaces or updates. */
export const createdOrChanged = (plan: Plan): ResourceChange[] =>
  managedChanges(plan).filter(({ change: { actions } }) => actions.includes("create") || actions.includes("update"));

/** Whether a resource is made anew. */
export const isCreated = ({ change }: ResourceChange): boolean => change.actions.includes("create");

/** Whether the plan changes anything that is managed. */
export const changesAnything = (plan: Plan): boolean =>
  managedChanges(plan).some(({ change }) => change.actions.some((action) => action !== "no-op"));

/**
 * The values at a path of names through blocks, each with the numbers of its blocks: of `ebs_block_device.encrypted` one for each device.
 * @returns none where a block on the way is left out
 */
export function valuesAt(values: unknown, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (found, name) => found.flatMap((value) => asList(value).map((block) => valueAt(block, [name]))),
    [values],
  );
}

/** Whether any part of what is at a path is only known after the apply. */
export const isUnknownAt = ({ after_unknown: unknown }: Change, path: readonly string[]): boolean =>
  path.some((_, index) => valuesAt(unknown, path.slice(0, index + 1)).some((value) => value === true));

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
