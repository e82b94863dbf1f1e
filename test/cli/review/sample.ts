import type { PlanData } from "../../../cli/review/rollout-summary";
import type { Outcome } from "../../../terraform";

const none = { added: 0, changed: 0, replaced: 0, destroyed: 0, forgotten: 0 };

/** One stack of a plan, with as many resources as are asked for. */
export function plannedStack(
  stack: string,
  resources: readonly (readonly [address: string, outcome: Outcome])[],
  more: Partial<PlanData["stacks"][number]> = {},
): PlanData["stacks"][number] {
  const counts = { ...none };
  for (const [, outcome] of resources) counts[outcome] += 1;
  return {
    stack,
    hasChanges: resources.length > 0,
    counts,
    regions: resources.length > 0 ? [{ region: "eu-west-1", ...counts }] : [],
    resources: resources.map(([address, outcome]) => ({ address, outcome })),
    predictedFrom: [],
    predicted: [],
    ...more,
  };
}

/** A plan that the gates pass and that changes nothing, but for what is given. */
export const planned = (more: Partial<PlanData> = {}): PlanData => ({
  environment: "prod",
  stage: "hardening",
  hasChanges: (more.stacks ?? []).some(({ hasChanges }) => hasChanges),
  passed: (more.violations ?? []).length === 0,
  stacks: [],
  waves: [],
  homeFirst: null,
  unpredictable: [],
  notPlanned: [],
  source: { commit: "0".repeat(40), tree: "1".repeat(40), dirty: false },
  promotion: null,
  base: null,
  unchanged: [],
  leftOut: [],
  figures: {
    cost: { usd: 12, failoverUsd: null, services: [{ name: "Lambda", usd: 12, failoverUsd: null }] },
    recovery: { services: [] },
  },
  figureChanges: [],
  postponed: [],
  laterStages: [],
  moves: [],
  removals: [],
  changes: [],
  violations: [],
  accepted: [],
  unused: [],
  bundle: null,
  ...more,
});

export const violation = {
  rule: "no-data-loss",
  stack: "prod-data",
  address: "aws_dynamodb_table.orders",
  message: "would be replaced, and its items lost",
  howToFix: "Keep the key.",
};

/** A table that is replaced, a stack on predicted outputs, one that stays, and what the gates say. */
export const everything: PlanData = planned({
  stacks: [
    plannedStack("prod-keys", [["aws_kms_key.data", "added"]]),
    plannedStack("prod-data", [
      ["aws_dynamodb_table.carts", "added"],
      ["aws_dynamodb_table.orders", "replaced"],
    ]),
    plannedStack("prod-services-eu-west-1", [['aws_lambda_function.orders["a|b`c"]', "changed"]], {
      predictedFrom: ["prod-data"],
      predicted: ['aws_lambda_function.orders["a|b`c"]'],
    }),
    plannedStack("prod-routing", []),
  ],
  removals: [{ stack: "prod-data", address: "aws_dynamodb_table.orders", outcome: "replaced", because: ["hash_key"] }],
  violations: [violation],
  accepted: [
    {
      violation: { ...violation, address: "aws_sqs_queue.old", message: "would be destroyed" },
      acknowledged: { stack: "prod-data", address: "aws_sqs_queue.old", reason: "@team moved", expires: "2026-12-31" },
    },
  ],
  unused: [{ stack: "prod-data", address: "aws_sqs_queue.older", reason: "gone", expires: "2026-12-31" }],
});
