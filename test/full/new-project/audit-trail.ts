import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { defineCapability, deploymentStackOf } from "evenkeel";
import { z } from "zod";

/** What a team writes to bring a capability of its own: a field, a rule, a resource per service and region, and a gate. */
export const auditTrail = defineCapability({
  name: "auditTrail",
  brings: "a queue per service and region, from which the audit department fetches what was done",
  fields: {
    service: {
      auditDays: z.int().min(1).max(14).optional().describe("Days until an entry that nobody fetched is lost."),
    },
  },
  rules: [
    {
      id: "audited-services-keep-their-logs",
      statement: "A service with an audit trail keeps its logs for at least a year.",
      check({ services }, report) {
        services.forEach(({ auditDays, function: { logRetentionDays } }, index) => {
          if (!auditDays || logRetentionDays >= 365) return;
          report(["services", index, "function", "logRetentionDays"], "is too short for an audit; use 365 or more");
        });
      },
    },
  ],
  builds: {
    service(service, { config, deployment, operationsKey }) {
      if (!config.auditDays) return;
      new SqsQueue(service, "audit-trail", {
        provider: deploymentStackOf(service).providers.in(service.region),
        name: `${deployment.environment}-${config.name}-audit-trail`,
        messageRetentionSeconds: config.auditDays * 24 * 60 * 60,
        kmsMasterKeyId: operationsKey.arnIn(service.region),
      });
    },
  },
  gates: [
    {
      id: "audit-trails-stay",
      statement: "No audit trail is destroyed.",
      why: "The audit department may not have fetched all of it.",
      howToFix: "keep auditDays",
      check: ({ resource_changes: changes = [] }) =>
        changes
          .filter(({ address, change }) => /audit-trail$/.test(address) && change.actions.includes("delete"))
          .map(({ address }) => ({ address, message: "would be destroyed" })),
    },
  ],
});
