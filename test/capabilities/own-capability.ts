import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { z } from "zod";
import {
  type Capability,
  defineCapability,
  defineEnvironment,
  deploymentStackOf,
  type EnvironmentInput,
} from "../../index";
import { valueAt } from "../../terraform";

/** What a team writes to bring a capability of its own: fields, a rule, a resource per service and region, a gate and a cost. */
export const auditTrail = defineCapability({
  name: "auditTrail",
  brings: "a queue per service and region, from which the audit department fetches what was done",
  fields: {
    service: {
      audit: z
        .strictObject({
          retentionDays: z
            .int()
            .min(1)
            .max(14)
            .default(14)
            .describe("Days until an entry that nobody fetched is lost."),
          requestsPerMonth: z
            .int()
            .min(0)
            .default(1_000_000)
            .describe("Entries of a month, for the estimate of costs."),
        })
        .optional()
        .describe("The audit trail of the service; none if left out."),
    },
  },
  rules: [
    {
      id: "audited-services-keep-their-logs",
      statement: "A service with an audit trail keeps its logs for at least a year.",
      check({ services }, report) {
        services.forEach(({ audit, function: { logRetentionDays } }, index) => {
          if (!audit || logRetentionDays >= 365) return;
          report(
            ["services", index, "function", "logRetentionDays"],
            "is too short for a service with an audit trail; keep the logs for 365 days or longer",
          );
        });
      },
    },
  ],
  builds: {
    service(service, { config, deployment, operationsKey }) {
      if (!config.audit) return;
      new SqsQueue(service, "audit-trail", {
        provider: deploymentStackOf(service).providers.in(service.region),
        name: `${deployment.environment}-${config.name}-audit-trail`,
        messageRetentionSeconds: config.audit.retentionDays * 24 * 60 * 60,
        kmsMasterKeyId: operationsKey.arnIn(service.region),
      });
    },
  },
  pricings: {
    // The toolkit does not know what is written to the trail.
    aws_sqs_queue: ({ path, service }, { config }) => {
      if (path[1] !== "audit-trail") return undefined;
      const audited = config.services.find(({ name }) => name === service) as { audit?: { requestsPerMonth: number } };
      const entries = audited.audit?.requestsPerMonth ?? 0;
      return [{ price: "sqs.standard", units: entries, how: `${entries} entries` }];
    },
  },
  gates: [
    {
      id: "audit-trails-stay-encrypted",
      statement: "No audit trail loses its key.",
      why: "Who reads the queue reads what was done.",
      howToFix: "keep kms_master_key_id",
      check: ({ resource_changes: changes = [] }) =>
        changes
          .filter(
            ({ address, change }) => /audit-trail$/.test(address) && !valueAt(change.after, ["kms_master_key_id"]),
          )
          .map(({ address }) => ({ address, message: "would lose its key" })),
    },
  ],
  dataHoldingTypes: { aws_sns_topic_subscription: "the confirmation of the audit department" },
});

const ours = { capabilities: { hardening: [auditTrail] } } as const;

/** The environments of the team: typed with the capability's fields, and with its name in exceptions. */
export const teamEnvironment = (input: EnvironmentInput<(typeof ours)["capabilities"]>) =>
  defineEnvironment(input, ours);

/** The list is open to any capability. */
export const listed: readonly Capability[] = ours.capabilities.hardening;
