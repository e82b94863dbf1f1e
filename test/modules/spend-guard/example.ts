import type { DeploymentStack } from "../../../modules/core";
import { SpendGuard } from "../../../modules/spend-guard";

export function build(stack: DeploymentStack): SpendGuard {
  return new SpendGuard(stack, "spend-guard", {
    config: {
      monthlyLimitUsd: 400,
      emails: ["platform@example.com"],
      anomalies: { minImpactUsd: 25 },
    },
    name: "prod-spend",
    region: "eu-west-1",
    environmentTag: { key: "Environment", value: "prod" },
  });
}
