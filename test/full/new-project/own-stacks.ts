import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { type BuiltEnvironment, deploymentStackOf } from "evenkeel";
import { RegionalService } from "evenkeel/blueprints/regional-service";
import { PlainSettings } from "evenkeel/modules/plain-settings";

interface ReportQueueProps {
  readonly name: string;
  readonly region: string;
  /** ARN of the KMS key that encrypts it. */
  readonly keyArn: string;
}

/** A module of the team's own: the queue of reports that are to be written. */
class ReportQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, region, keyArn }: ReportQueueProps) {
    super(scope, id);
    const provider = deploymentStackOf(this).providers.in(region);
    this.arn = new SqsQueue(this, "queue", { provider, name, kmsMasterKeyId: keyArn }).arn;
  }
}

/** A stack of the team's own in every environment: its own module, and a module and a blueprint of the toolkit. */
export function addOwnStacks(environment: BuiltEnvironment): void {
  const { deployment, keys, alarmTarget } = environment;
  const { environment: name, homeRegion: region, account, tracing } = deployment;
  const stack = environment.stack("reports");
  new PlainSettings(stack, "settings", {
    config: { settings: { "page-size": { value: "20", description: "Rows on a page of a report" } } },
    path: `/${name}/reports`,
    account,
    regions: [region],
  });
  const queue = new ReportQueue(stack, "queue", {
    name: `${name}-reports`,
    region,
    keyArn: keys.operations.arnIn(region),
  });
  const { function: fn } = new RegionalService(stack, "service", {
    config: { function: { entry: "services/hello/handler.ts", memoryMb: 256, reservedConcurrency: null } },
    environment: name,
    name: "reports",
    region,
    account,
    key: keys.operations,
    tables: new Map(),
    alarms: alarmTarget,
    tracing,
    ownsDomainValidation: false,
  });
  fn.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
  keys.operations.grantUse(fn, "sqs");
}
