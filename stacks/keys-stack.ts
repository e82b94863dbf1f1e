import type { Construct } from "constructs";
import { routeGuards, routesWith } from "../blueprints/edge-site";
import type { Deployment, KeyConfig } from "../contract";
import { topicRegions } from "../contract/alert-regions";
import { stacksOutput } from "../contract/told-outputs";
import { AlertTopic, AlertTopics } from "../modules/alert-topic";
import { EncryptionKey, type EncryptionKeyProps, ExistingKey, type GrantingKey } from "../modules/encryption-key";
import type { RotatedKey } from "../modules/key-rotation";
import { OriginSecret } from "../modules/replicated-secret";
import { EnvironmentStack, type Rendered, type ToldOutputs } from "./environment-stack";

/** The data of databases is encrypted, and so are their logs and the secrets of their users. */
const databaseKeyUsers = ["rds", "secretsmanager", "logs"] as const;

const keyIds = ["data", "operations", "application"] as const;

type KeyId = (typeof keyIds)[number];

/** What is different between the keys. */
type MadeKey = Pick<EncryptionKeyProps, "replicas" | "users" | "directUse">;

/**
 * What everything else depends on and what changes least: the encryption keys in every region, and the topics that
 * alarms report to (encrypted with one of the keys).
 */
export class KeysStack extends EnvironmentStack {
  /** Encrypts what customers own: tables, databases and events. */
  readonly data: GrantingKey;
  /** Encrypts what running the system produces: logs, alerts, dead letters, function environments. */
  readonly operations: GrantingKey;
  /** The key that services themselves encrypt with, if one does and KMS keeps the key. */
  readonly application?: GrantingKey;
  /** The alert topics of this environment, by region. */
  readonly alerts: AlertTopics;
  /** The keys by which distributions prove where requests come from, by the service behind each; here, since they come before both sides. */
  readonly originSecrets: ReadonlyMap<string, OriginSecret>;
  /** The keys that are made here, by their primaries. */
  readonly rotated: readonly RotatedKey[];

  constructor(scope: Construct, deployment: Deployment) {
    const home = deployment.homeRegion;
    const regions = topicRegions(deployment);
    const alertReplicas = regions.slice(1);
    super(scope, "keys", deployment, regions);
    const { account } = deployment;
    const key = (id: KeyId, { existing, ...config }: KeyConfig, made: MadeKey): GrantingKey =>
      existing
        ? new ExistingKey(this, id, { ...made, arns: existing })
        : new EncryptionKey(this, id, { ...made, account, home, config, name: `${deployment.environment}-${id}` });
    const { keys, keyReplicas } = deployment;
    const queues = [...deployment.queues.values()];
    const proving = [...deployment.edgeSites].filter(
      ([name, edge]) =>
        routesWith("proof", routeGuards(deployment.services.get(name)?.api?.routes ?? {}, edge)).length > 0,
    );
    this.data = key("data", keys.data, {
      replicas: keyReplicas,
      users: [
        "dynamodb",
        "events",
        ...(deployment.databases.size > 0 ? databaseKeyUsers : []),
        ...(deployment.queues.size > 0 ? (["sqs"] as const) : []),
        ...(queues.some(({ subscriptions }) => Object.keys(subscriptions).length > 0)
          ? (["event-queues"] as const)
          : []),
      ],
    });
    this.operations = key("operations", keys.operations, {
      // Alert topics are encrypted with it, and some regions only have such a topic.
      replicas: alertReplicas,
      users: [
        "logs",
        "sns",
        "sqs",
        "lambda",
        "cloudwatch",
        "events",
        "budgets",
        "scheduler",
        ...(proving.length > 0 ? (["secretsmanager"] as const) : []),
      ],
    });
    this.application =
      keys.application && key("application", keys.application, { replicas: keyReplicas, users: [], directUse: true });
    this.alerts = new AlertTopics(
      this,
      regions.map(
        (region) =>
          new AlertTopic(this, `alerts-${region}`, {
            config: deployment.alerts,
            name: `${deployment.environment}-alerts`,
            region,
            account,
            key: this.operations,
          }),
      ),
    );
    this.originSecrets = new Map(
      proving.map(([name, { originSecret }]) => [
        name,
        new OriginSecret(this, `${name}-origin`, {
          name: `${deployment.environment}/${name}/origin`,
          account,
          home,
          replicas: deployment.serviceRegions.filter((region) => region !== home),
          key: this.operations,
          version: originSecret.version,
          recoveryWindowDays: originSecret.recoveryWindowDays ?? (deployment.config.disposable ? 0 : 30),
          alarms: deployment.alarms ? this.alerts : undefined,
        }),
      ]),
    );
    this.rotated = keyIds.flatMap((id) => {
      const [key, config] = [this[id], deployment.keys[id]];
      // Whoever owns an existing key rotates it.
      if (!key || !config || config.existing) return [];
      const name = `${deployment.environment}-${id}`;
      return [{ id, name, arn: key.arnIn(home), rotationPeriodDays: config.rotationPeriodDays }];
    });
    if (deployment.alarms) {
      this.data.addAlarms(this.alerts);
      this.operations.addAlarms(this.alerts);
      this.application?.addAlarms(this.alerts);
    }
  }

  /** Here, because no environment is without this stack. One that leaves only destroys, and leaves nothing behind. */
  protected override toldOutputs(rendered: Rendered): ToldOutputs {
    const stacks = (this.node.scope?.node.children ?? []).filter(
      (other) => other instanceof EnvironmentStack && other.deployment === this.deployment,
    );
    const leaving = this.deployment.leaving.stacks;
    const names = stacks.map(({ node }) => node.id).filter((name) => !leaving.includes(name));
    names.sort();
    return { ...super.toldOutputs(rendered), [stacksOutput]: { value: names } };
  }
}
