import type { DeploymentStack } from "../../../modules/core";
import { SpendGuard } from "../../../modules/spend-guard";

const account = "123456789012";
const stops = {
  account,
  roles: ["orders", "ledger"].map((service) => ({
    service,
    roleArn: `arn:aws:iam::${account}:role/services/test-${service}-eu-west-1`,
  })),
};
const environmentTag = { key: "Environment", value: "test" };

/** A guard with every option in use, one that watches the whole account, and the least one; in eu-west-1. */
export function everyOption(stack: DeploymentStack): void {
  new SpendGuard(stack, "full", {
    config: {
      monthlyLimitUsd: 1250.5,
      emails: ["finance@example.com", "platform@example.com"],
      notifications: [
        { threshold: 50, notificationType: "ACTUAL" },
        { threshold: 120.5, notificationType: "FORECASTED" },
      ],
      scope: "environment",
      anomalies: { minImpactUsd: 25 },
      actions: [
        { name: "ask", threshold: 100, notificationType: "FORECASTED" },
        {
          name: "stop-orders",
          threshold: 200,
          approval: "AUTOMATIC",
          reason: "Orders can be placed by telephone as well",
          services: ["orders"],
          denies: ["events:PutEvents"],
        },
      ],
      limits: { maxTimeoutSeconds: 900, maxMemoryMb: 10240, maxReservedConcurrency: 100 },
    },
    name: "test-full",
    region: "eu-west-1",
    environmentTag,
    topicArn: `arn:aws:sns:eu-west-1:${account}:alerts`,
    anomalyTopicArn: `arn:aws:sns:eu-west-1:${account}:anomalies`,
    stops,
  });
  new SpendGuard(stack, "account", {
    config: {
      monthlyLimitUsd: 5000,
      emails: ["finance@example.com"],
      scope: "account",
      anomalies: {
        minImpactUsd: 100,
        existingMonitorArn: `arn:aws:ce::${account}:anomalymonitor/0f3a1c5e-9f0b-4c55-a2d5-6a1de1a7b0c1`,
      },
    },
    name: "test-account",
    region: "eu-west-1",
    environmentTag,
  });
  new SpendGuard(stack, "least", {
    config: { monthlyLimitUsd: 20, emails: ["platform@example.com"] },
    name: "test-least",
    region: "eu-west-1",
    environmentTag,
    stops,
  });
}
