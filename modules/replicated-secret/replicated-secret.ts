import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
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
  readonly config: ReplicatedSecretInput;
  /** The name of the secret, the same in each region: `<environment>-<name>`; never changes. */
  readonly name: string;
  /** The AWS account that the secret belongs to, 12 digits: no other gets in. */
  readonly account: string;
  /** The region that the secret is written in; never changes. */
  readonly home: string;
  /** The regions that hold a replica; adding one changes the secret in place. */
  readonly replicas: readonly string[];
  /** The key that encrypts the secret and, in its own region, each replica; its users include `secretsmanager`. */
  readonly key: RegionalKey;
  /** Where the alarms of each region report to; none builds no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * A secret without its value, under one name and ARN suffix in each region. Terraform never learns the value: the first run of
 * the rotation function makes it.
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
    // A resource of its own, because only this one has Secrets Manager refuse a policy that opens the secret to the public.
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
   * The ARN of the secret, or of its replica, in a region: they differ in the region only.
   * @throws ConstructError when the secret is not in that region
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
    // The last part is the name with the suffix that only AWS knows; replacing the region in the text could hit the name.
    const suffixedName = Fn.element(Fn.split(":", this.secret.arn), 6);
    return `arn:${partitionOf(region)}:secretsmanager:${region}:${this.account}:secret:${suffixedName}`;
  }

  /** Lets a principal read the secret, or its replica, in its own region, the version before included, for a canary. */
  grantRead(grantee: Grantee): void {
    grantee.addToRolePolicy({
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [this.arnIn(grantee.region)],
    });
    this.key.grantUse(grantee, "secretsmanager");
  }

  /**
   * Lets a rotation function read the secret, add versions and move the staging labels, in the home region.
   * @throws ConstructError when the function runs elsewhere: replicas cannot be written
   */
  grantRotate(grantee: Grantee): void {
    if (grantee.region !== this.home) {
      throw new ConstructError(
        this,
        `cannot be rotated from "${grantee.region}", because replicas are read-only`,
        `use a function in "${this.home}"`,
      );
    }
    this.grantRead(grantee);
    grantee.addToRolePolicy({
      actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
      resources: [this.secret.arn],
    });
  }

  private checkRegions(): void {
    const repeated = this.regions.find((region, index) => this.regions.indexOf(region) !== index);
    if (repeated) {
      throw new ConstructError(this, `region "${repeated}" is named twice`, "name home and each replica once");
    }
    const foreign = this.regions.find((region) => partitionOf(region) !== partitionOf(this.home));
    if (foreign) {
      throw new ConstructError(
        this,
        `"${foreign}" is in another partition than "${this.home}", and secrets are replicated within one`,
        "use an environment per partition",
      );
    }
  }
}
