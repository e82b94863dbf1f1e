import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import type { Construct } from "constructs";
import { type AlarmTarget, ConstructError, deploymentStackOf, parseConfig, partitionOf } from "../core";
import { type EncryptionKeyInput, encryptionKeyConfig } from "./config";
import { GrantingKey } from "./granting-key";
import { KeyAlarms } from "./key-alarms";
import { keyPolicy } from "./key-policy";
import type { KeyUser } from "./key-users";

export interface EncryptionKeyProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EncryptionKeyInput;
  /** The alias name in each region, without `alias/`: `<environment>-<name>`. */
  readonly name: string;
  /** AWS account id of the key, 12 digits. */
  readonly account: string;
  /** The region where the primary key is created; cannot change, even if the primary is moved in a disaster. */
  readonly home: string;
  /** The regions that have a replica. Adding one only creates the replica. */
  readonly replicas: readonly string[];
  /** The services that may use the key. Adding one updates the key policies in place. */
  readonly users: readonly KeyUser[];
  /** Whether functions may encrypt and decrypt with the key directly. Defaults to false; can be changed in place. */
  readonly directUse?: boolean;
}

/**
 * A multi-Region KMS key: the same key id and key material in every region, each with its own policy and alias.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class EncryptionKey extends GrantingKey {
  /** The key id `mrk-...`, the same in each region. */
  readonly keyId: string;
  /** The regions that have the key, home first. */
  readonly regions: readonly string[];
  private readonly keyArns = new Map<string, string>();
  private readonly aliasArns = new Map<string, string>();
  private readonly name: string;
  protected readonly users: readonly KeyUser[];
  protected readonly directUse: boolean;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const config = parseConfig(encryptionKeyConfig, props.config, this.node.path);
    this.checkName(props.name);
    this.checkRegions(props.home, props.replicas);
    const { providers } = deploymentStackOf(this);
    const { home, replicas, account } = props;
    this.name = props.name;
    this.users = props.users;
    this.directUse = props.directUse ?? false;
    this.regions = [home, ...replicas];
    const policyIn = (region: string) =>
      keyPolicy({
        region,
        account,
        users: props.users,
        directUse: this.directUse,
        administrators: config.administrators,
      });

    const primary = new KmsKey(this, "primary", {
      provider: providers.in(home),
      description: config.description,
      // Fixed at creation: a single-Region key cannot be replicated later.
      multiRegion: true,
      enableKeyRotation: true,
      rotationPeriodInDays: config.rotationPeriodDays,
      deletionWindowInDays: config.deletionWindowDays,
      bypassPolicyLockoutSafetyCheck: false,
      policy: policyIn(home),
    });
    this.keyId = primary.keyId;
    this.addRegion(home, primary);

    for (const region of replicas) {
      const replica = new KmsReplicaKey(this, `replica-${region}`, {
        provider: providers.in(region),
        description: config.description,
        primaryKeyArn: primary.arn,
        deletionWindowInDays: config.deletionWindowDays,
        bypassPolicyLockoutSafetyCheck: false,
        policy: policyIn(region),
        // After the primary is moved to another region, this would replace the replica.
        lifecycle: { ignoreChanges: ["primary_key_arn"] },
      });
      this.addRegion(region, replica);
    }
  }

  arnIn(region: string): string {
    return this.keyArns.get(region) ?? this.refuseRegion(region);
  }

  /** The ARN of the alias in a region. @throws ConstructError if the key is not in that region */
  aliasArnIn(region: string): string {
    return this.aliasArns.get(region) ?? this.refuseRegion(region);
  }

  /**
   * Adds alerts on risky changes to the key in each region: disabling, scheduled deletion, a changed policy or
   * rotation. This is a method, not a prop, because the topics are encrypted with the key. Needs a CloudTrail trail.
   * @param regions those of the key that have an alert topic; all if left out
   */
  addAlarms(target: AlarmTarget, regions = this.regions): void {
    for (const region of regions) {
      new KeyAlarms(this, `alarms-${region}`, { region, name: this.name, keyArn: this.arnIn(region), target });
    }
  }

  private addRegion(region: string, key: KmsKey | KmsReplicaKey): void {
    const alias = new KmsAlias(this, `alias-${region}`, {
      provider: deploymentStackOf(this).providers.in(region),
      name: `alias/${this.name}`,
      targetKeyId: key.keyId,
    });
    this.keyArns.set(region, key.arn);
    this.aliasArns.set(region, alias.arn);
  }

  private refuseRegion(region: string): never {
    throw new ConstructError(
      this,
      `has no key in region "${region}", only in ${[...this.keyArns.keys()].join(", ")}`,
      "add the region to the key's replicas",
    );
  }

  private checkName(name: string): void {
    if (!/^(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/.test(name)) {
      throw new ConstructError(
        this,
        `"${name}" is not a valid alias name`,
        "use 1 to 250 letters, digits, slashes, underscores and hyphens, not starting with aws/",
      );
    }
  }

  private checkRegions(home: string, replicas: readonly string[]): void {
    const all = [home, ...replicas];
    const repeated = all.find((region, index) => all.indexOf(region) !== index);
    if (repeated) {
      throw new ConstructError(this, `region "${repeated}" is listed twice`, "list home and each replica once");
    }
    const foreign = replicas.find((region) => partitionOf(region) !== partitionOf(home));
    if (foreign) {
      throw new ConstructError(
        this,
        `"${foreign}" is in a different partition than "${home}", and keys cannot be replicated across partitions`,
        "use one environment per partition",
      );
    }
  }
}
