import type { Construct } from "constructs";
import type { Deployment } from "../contract";
import { AlertTopic, AlertTopics } from "../modules/alert-topic";
import { EncryptionKey } from "../modules/encryption-key";
import type { RotatedKey } from "../modules/key-rotation";
import { alertRegions } from "./alert-regions";
import { EnvironmentStack } from "./environment-stack";

/** The data of databases is encrypted, and so are their logs and the secrets of their users. */
const databaseKeyUsers = ["rds", "secretsmanager", "logs"] as const;

/**
 * What everything else depends on and what changes least: the encryption keys in every region, and the topics that
 * alarms report to (encrypted with one of the keys).
 */
export class KeysStack extends EnvironmentStack {
  /** Encrypts what customers own: tables, databases and events. */
  readonly data: EncryptionKey;
  /** Encrypts what running the system produces: logs, alerts, dead letters, function environments. */
  readonly operations: EncryptionKey;
  /** The key that services themselves encrypt with, if one does and KMS keeps the key. */
  readonly application?: EncryptionKey;
  /** The alert topics of this environment, by region. */
  readonly alerts: AlertTopics;
  /** All of the keys, by their primaries. */
  readonly rotated: readonly RotatedKey[];

  constructor(scope: Construct, deployment: Deployment) {
    const home = deployment.homeRegion;
    const alertReplicas = [...new Set([...deployment.keyReplicas, ...alertRegions(deployment)])].filter(
      (region) => region !== home,
    );
    const regions = [home, ...alertReplicas];
    super(scope, "keys", deployment, regions);
    const { account } = deployment;
    this.data = new EncryptionKey(this, "data", {
      account,
      home,
      replicas: deployment.keyReplicas,
      config: deployment.keys.data,
      name: `${deployment.environment}-data`,
      users: ["dynamodb", "events", ...(deployment.databases.size > 0 ? databaseKeyUsers : [])],
    });
    this.operations = new EncryptionKey(this, "operations", {
      account,
      home,
      // Alert topics are encrypted with it, and some regions only have such a topic.
      replicas: alertReplicas,
      config: deployment.keys.operations,
      name: `${deployment.environment}-operations`,
      users: ["logs", "sns", "sqs", "lambda", "cloudwatch", "events", "budgets"],
    });
    this.application = deployment.keys.application
      ? new EncryptionKey(this, "application", {
          account,
          home,
          replicas: deployment.keyReplicas,
          config: deployment.keys.application,
          name: `${deployment.environment}-application`,
          users: [],
          directUse: true,
        })
      : undefined;
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
    this.rotated = (["data", "operations", "application"] as const).flatMap((id) => {
      const [key, config] = [this[id], deployment.keys[id]];
      if (!key || !config) return [];
      const name = `${deployment.environment}-${id}`;
      return [{ id, name, arn: key.arnIn(home), rotationPeriodDays: config.rotationPeriodDays }];
    });
    if (deployment.alarms) {
      this.data.addAlarms(this.alerts);
      this.operations.addAlarms(this.alerts);
      this.application?.addAlarms(this.alerts);
    }
  }
}
