import type { Gate } from "../../contract/gate";
import { configuredResource, lostResources, managedChanges, type Plan } from "../../terraform";
import { arnScope, providerScope } from "../plan-regions";

/** Everything that exists is looked for in the region and account where it is. */
export const noOtherRegion: Gate = {
  id: "no-other-region",
  statement: "Everything that exists is in the region and the account that its provider is set to.",
  why: "A provider of another region or account does not find it. Terraform then creates a second one there, and leaves the first one behind without an owner.",
  howToFix:
    "restore the region and the account of the provider; to move something, create it in the new place under another address, and acknowledge the removal of this one later",
  check: (plan) => {
    const lost = new Map(lostResources(plan).map((one) => [one.address, one.change.before]));
    return managedChanges(plan).flatMap(({ address, type, previous_address: previous, change }) => {
      if (hasArnOfAnother(plan, address, type)) return [];
      const is = arnScope(change.before ?? lost.get(previous ?? address) ?? lost.get(address));
      const lookedFor = providerScope(plan, address);
      const differing = (["region", "account"] as const).filter(
        (part) => is[part] !== undefined && lookedFor[part] !== undefined && is[part] !== lookedFor[part],
      );
      if (differing.length === 0) return [];
      const places = differing.map((part) => `is in ${part} ${is[part]}, but its provider looks in ${lookedFor[part]}`);
      return [{ address, message: places.join(", and "), removes: address }];
    });
  },
};

/**
 * Whether `arn` is not that of the resource itself: an argument, such as the target of an EventBridge rule, which may be
 * in another region or account; or that of a subscription, which begins with the ARN of its topic.
 */
function hasArnOfAnother(plan: Plan, address: string, type: string): boolean {
  const written = configuredResource(plan, address)?.expressions ?? {};
  return "arn" in written || type === "aws_sns_topic_subscription";
}
