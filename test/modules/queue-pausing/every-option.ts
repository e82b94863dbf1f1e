import type { DeploymentStack } from "../../../modules/core";
import { QueuePausing } from "../../../modules/queue-pausing";
import { account, alarms, key, partsIn } from "./parts";

/** Queues of both kinds in one region with every option in use, and one in another region, which does not read it, with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", account, key };
  const standard = partsIn(stack, "standard", { region: "eu-west-1" });
  const fifo = partsIn(stack, "fifo", { region: "eu-west-1", fifo: true });
  const full = new QueuePausing(stack, "full", {
    ...common,
    config: { alarmMinutes: 5, logRetentionDays: 365 },
    name: "test-queue-pausing",
    region: "eu-west-1",
    breakers: standard.breakers,
    tracing: true,
    alarms,
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
  full.pause("standard", standard.consumer, standard.fn);
  full.pause("fifo", fifo.consumer, fifo.fn);
  const other = partsIn(stack, "other", { region: "eu-central-1", active: false });
  const least = new QueuePausing(stack, "least", {
    ...common,
    config: {},
    name: "test-queue-pausing",
    region: "eu-central-1",
    breakers: other.breakers,
    tracing: false,
  });
  least.pause("other", other.consumer, other.fn);
}
