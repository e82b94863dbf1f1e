import type { DeploymentStack } from "../../../modules/core";
import { SpendBrake } from "../../../modules/spend-brake";
import { account, alerts, functionIn, key } from "./parts";

/** Functions with and without a reservation in one region with every option in use, and one in another region with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", account, key, alerts, name: "test-spend-brake" };
  new SpendBrake(stack, "full", {
    ...common,
    config: { logRetentionDays: 365 },
    region: "eu-west-1",
    functions: [
      {
        id: "orders",
        function: functionIn(stack, "orders", "eu-west-1", { reservedConcurrency: 50 }),
        config: { invocationsPerMinute: 60_000, forMinutes: 3, floor: 2 },
      },
      {
        id: "shipments",
        function: functionIn(stack, "shipments", "eu-west-1"),
        config: { invocationsPerMinute: 1_000 },
      },
    ],
    tracing: true,
    alarms: alerts,
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
  new SpendBrake(stack, "least", {
    ...common,
    config: {},
    region: "eu-central-1",
    functions: [
      {
        id: "other",
        function: functionIn(stack, "other", "eu-central-1"),
        config: { invocationsPerMinute: 1_000 },
      },
    ],
    tracing: false,
  });
}
