import type { AcceptedFinding } from "../../modules/core";
import type { CheckResult, CheckResults } from "./checkov";

/** A stack that was checked. */
export interface ScannedStack {
  readonly stack: string;
  /** The file of its plan. */
  readonly file: string;
  /** Addresses of the resources in its plan. */
  readonly resources: readonly string[];
  /** The reasons that stand beside its resources. */
  readonly accepted: readonly AcceptedFinding[];
}

/** A check that fails on a resource. */
export interface Finding {
  readonly stack: string;
  readonly address: string;
  readonly check: string;
  readonly title: string;
}

/** A check that fails, with the reason why it may. */
export interface ReasonedFinding extends Finding {
  readonly reason: string;
}

/** A reason, and the stack that it is in. */
export type ReasonInStack = AcceptedFinding & { readonly stack: string };

export interface ScanReview {
  /** How many checks passed. */
  readonly passed: number;
  /** What fails without a reason. */
  readonly failed: Finding[];
  /** What fails with a reason. */
  readonly accepted: ReasonedFinding[];
  /** Reasons for what does not fail. */
  readonly unneeded: ReasonInStack[];
}

/**
 * Joins what a scanner found with the reasons that stand beside the resources, by stack, address and check.
 *
 * A check may neither pass nor fail: a policy that is known after the apply only is not looked at. A reason for it is then neither
 * needed nor in vain, as long as the check is one of this type of resource.
 */
export function reviewScan(stacks: readonly ScannedStack[], { passed, failed }: CheckResults): ScanReview {
  const reasons = new Map<string, ReasonInStack>(
    stacks.flatMap(({ stack, accepted }) =>
      accepted.map((reason) => [keyOf(stack, reason.address, reason.check), { stack, ...reason }]),
    ),
  );
  const stackOf = new Map(stacks.map(({ stack, file }) => [file, stack]));
  const needed = new Set<string>();
  const passing = new Set(passed.map(({ file, address, check }) => keyOf(stackOf.get(file) ?? file, address, check)));
  const ofTypes = new Set([...passed, ...failed].map(({ address, check }) => `${check} ${typeOf(address)}`));
  const planned = new Set(stacks.flatMap(({ stack, resources }) => resources.map((each) => keyOf(stack, each, ""))));
  const isUndecided = (key: string, { stack, address, check }: ReasonInStack): boolean =>
    !passing.has(key) && planned.has(keyOf(stack, address, "")) && ofTypes.has(`${check} ${typeOf(address)}`);
  const found = failed.map((result) => {
    const finding = findingOf(result, stackOf.get(result.file) ?? result.file);
    const key = keyOf(finding.stack, finding.address, finding.check);
    if (reasons.has(key)) needed.add(key);
    return { finding, reason: reasons.get(key)?.reason };
  });
  return {
    passed: passed.length,
    failed: found.filter(({ reason }) => reason === undefined).map(({ finding }) => finding),
    accepted: found.flatMap(({ finding, reason }) => (reason === undefined ? [] : { ...finding, reason })),
    unneeded: [...reasons]
      .filter(([key, reason]) => !needed.has(key) && !isUndecided(key, reason))
      .map(([, reason]) => reason),
  };
}

/** Whether nothing is left to do. */
export const isClean = ({ failed, unneeded }: Pick<ScanReview, "failed" | "unneeded">): boolean =>
  failed.length === 0 && unneeded.length === 0;

const findingOf = ({ address, check, title }: CheckResult, stack: string): Finding => ({
  stack,
  address,
  check,
  title,
});

const instance = /\[(?:\d+|".*")\]$/;

/** `aws_s3_bucket` of an address, in a module or not. */
const typeOf = (address: string): string => address.replace(instance, "").split(".").at(-2) ?? "";

/** A resource with `count` or `for_each` has one reason for all of its instances. */
const keyOf = (stack: string, address: string, check: string): string =>
  [stack, address.replace(instance, ""), check].join("\n");
