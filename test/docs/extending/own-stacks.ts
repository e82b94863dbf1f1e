import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import prod from "../../../environments/prod";
import { type BuiltEnvironment, defineProject, ServiceFunction } from "../../../index";

export function addOwnStacks(environment: BuiltEnvironment): void {
  const { deployment, keys, alarmTarget } = environment;
  const { homeRegion: region, account } = deployment;

  // A queue that the orders service fills: its stack comes before that of the services, which read of it.
  const jobs = environment.stack("jobs");
  const queue = new SqsQueue(jobs, "queue", {
    provider: jobs.providers.in(region),
    name: `${deployment.environment}-jobs`,
    kmsMasterKeyId: keys.operations.arnIn(region),
  });
  for (const { function: fn } of environment.service("orders").filter((service) => service.region === region)) {
    fn.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
    fn.addEnvironmentVariables({ JOBS_QUEUE_URL: queue.url });
    keys.operations.grantUse(fn, "sqs");
  }

  // A function of our own that reads the orders and publishes: a second stack, as it needs what the services also need.
  const reports = environment.stack("reports");
  const report = new ServiceFunction(reports, "report", {
    config: { entry: "services/shipments/handler.ts", reservedConcurrency: null, memoryMb: 256 },
    name: `${deployment.environment}-report`,
    region,
    account,
    key: keys.operations,
    tracing: deployment.tracing,
    alarms: alarmTarget,
    environmentVariables: { TABLE_NAME: environment.table("orders").tableName },
  });
  environment.table("orders").grantRead(report);
  environment.bus("orders", region)?.grantPublish(report, { sources: ["reports"] });
}

export default defineProject({ environments: [prod], stacks: addOwnStacks });
