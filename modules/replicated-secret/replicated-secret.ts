import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  parseConfig,
  partitionOf,
  type RegionalKey,
} from "../core";
import { type ReplicatedSecretInput, replicatedSecretConfig, secretName } from "./config";
import { SecretAlarms } from "./secret-alarms";
import { secretPolicy } from "./secret-policy";

export interface ReplicatedSecretProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ReplicatedSecretInput;
  /** The name of the secret, `<environment>-<name>`, the same in each region; cannot change. */
  readonly name: string;
  /** AWS account id, 12 digits. Other accounts have no access. */
  readonly account: string;
  /** The region where the secret is written; cannot change. */
  readonly home: string;
  /** The regions that have a replica. Adding one changes the secret in place. */
  readonly replicas: readonly string[];
  /** Encrypts the secret and, with the key in its own region, each replica. Its users must include `secretsmanager`. */
  readonly key: RegionalKey;
  /** Where alarms in each region send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Why no rotation is set up for it, as a sentence; only for a secret that none is for. */
  readonly withoutRotation?: string;
}

/**
 * A secret without its value, with the same name and ARN suffix in each region. Terraform never sees the value: the
 * first run of the rotation function generates it.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class ReplicatedSecret extends Construct {
  readonly secretName: string;
  readonly account: string;
  readonly home: string;
  /** The regions that have the secret, home first. */
  readonly regions: readonly string[];
  private readonly secret: SecretsmanagerSecret;
  private readonly key: RegionalKey;

  constructor(scope: Construct, id: string, props: ReplicatedSecretProps) {
    super(scope, id);
    const { home, replicas, key, account, alarms } = props;
    const config = parseConfig(replicatedSecretConfig, props.config, this.node.path);
    this.secretName = parseConfig(secretName, props.name, `${this.node.path}: name`);
    this.account = account;
    this.home = home;
    this.regions = [home, ...replicas];
    this.key = key;
    this.checkRegions();
    const provider = deploymentStackOf(this).providers.in(home);

    this.secret = new SecretsmanagerSecret(this, "secret", {
      provider,
      name: this.secretName,
      description: config.description,
      kmsKeyId: key.arnIn(home),
      recoveryWindowInDays: config.recoveryWindowDays,
      forceOverwriteReplicaSecret: config.overwriteReplicas,
      ...(replicas.length > 0 ? { replica: replicas.map((region) => ({ region, kmsKeyId: key.arnIn(region) })) } : {}),
    });
    acceptFinding(this.secret, "CKV2_AWS_57", (written) => {
      const rotations = JSON.stringify(written().resource?.aws_secretsmanager_secret_rotation ?? {});
      return rotations.includes(`\${aws_secretsmanager_secret.${this.secret.friendlyUniqueId}.`)
        ? undefined
        : (props.withoutRotation ??
            "Whoever makes the user in SQL sets its value, or a rotation in another state; the capability secretRotation adds one here.");
    });
    // A separate resource, because only this one can make Secrets Manager reject a policy that allows public access.
    new SecretsmanagerSecretPolicy(this, "policy", {
      provider,
      secretArn: this.secret.arn,
      policy: secretPolicy(account),
      blockPublicPolicy: true,
    });
    for (const region of alarms ? this.regions : []) {
      new SecretAlarms(this, `alarms-${region}`, {
        region,
        name: this.secretName,
        arn: this.arnIn(region),
        target: alarms as AlarmTarget,
      });
    }
  }

  /**
   * The ARN of the secret or its replica in a region. They differ in the region only.
   * @throws ConstructError if the secret is not in that region
   */
  arnIn(region: string): string {
    if (!this.regions.includes(region)) {
      throw new ConstructError(
        this,
        `has no secret in region "${region}", only in ${this.regions.join(", ")}`,
        "add the region to the secret's replicas",
      );
    }
    if (region === this.home) return this.secret.arn;
    // The last part is the name plus a suffix that only AWS knows. Replacing the region in the text could affect the
    // name.
    const suffixedName = Fn.element(Fn.split(":", this.secret.arn), 6);
    return `arn:${partitionOf(region)}:secretsmanager:${region}:${this.account}:secret:${suffixedName}`;
  }

  /** Lets a principal read the secret or replica in its own region, including the previous version, for a canary. */
  grantRead(grantee: Grantee): void {
    this.addReading(grantee);
    this.key.grantUse(grantee, "secretsmanager", "decrypt");
  }

  /**
   * Lets a rotation function in the home region read the secret, add versions and move the staging labels.
   * @throws ConstructError if the function runs in another region: replicas are read-only
   */
  grantRotate(grantee: Grantee): void {
    if (grantee.region !== this.home) {
      throw new ConstructError(
        this,
        `cannot be rotated from "${grantee.region}", because replicas are read-only`,
        `use a function in "${this.home}"`,
      );
    }
    this.addReading(grantee);
    grantee.addToRolePolicy({
      actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
      resources: [this.secret.arn],
    });
    this.key.grantUse(grantee, "secretsmanager");
  }

  private addReading(grantee: Grantee): void {
    grantee.addToRolePolicy({
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [this.arnIn(grantee.region)],
    });
  }

  private checkRegions(): void {
    const repeated = this.regions.find((region, index) => this.regions.indexOf(region) !== index);
    if (repeated) {
      throw new ConstructError(this, `region "${repeated}" is listed twice`, "list home and each replica once");
    }
    const foreign = this.regions.find((region) => partitionOf(region) !== partitionOf(this.home));
    if (foreign) {
      throw new ConstructError(
        this,
        `"${foreign}" is in a different partition than "${this.home}", and secrets cannot be replicated across partitions`,
        "use one environment per partition",
      );
    }
  }
}
