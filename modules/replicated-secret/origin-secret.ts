import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { deploymentStackOf, EphemeralResource, type Grantee, type RegionalKey, terraformExpression } from "../core";
import { ReplicatedSecret, type ReplicatedSecretProps } from "./replicated-secret";

export interface OriginSecretProps
  extends Pick<ReplicatedSecretProps, "account" | "home" | "replicas" | "key" | "alarms"> {
  /** `<environment>/<service>/origin`; cannot change. */
  readonly name: string;
  /** Raise it to make a new key. */
  readonly version: number;
  /** How long a deleted secret, and its name, is kept: 7 to 30 days, or 0. */
  readonly recoveryWindowDays: number;
}

/**
 * The key by which a function at the edge proves to the functions behind an API that a request came by the distribution. Secrets
 * Manager makes it; it is in no synthesized JSON, no plan and no state.
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class OriginSecret extends Construct {
  readonly secretName: string;
  /** The regions that have the secret, home first. */
  readonly regions: readonly string[];
  private readonly secret: ReplicatedSecret;
  private readonly key: RegionalKey;

  constructor(scope: Construct, id: string, props: OriginSecretProps) {
    super(scope, id);
    const { name, account, home, replicas, key, version, recoveryWindowDays, alarms } = props;
    const provider = deploymentStackOf(this).providers.in(home);
    this.key = key;
    this.secret = new ReplicatedSecret(this, "key", {
      config: {
        description: "Proves to functions that a request came by the distribution in front of them",
        recoveryWindowDays,
      },
      name,
      account,
      home,
      replicas,
      key,
      alarms,
      withoutRotation:
        "Nobody logs in with it; the number originSecret.version makes a new one, and functions accept the one before as well.",
    });
    const made = new EphemeralResource(this, "made", "aws_secretsmanager_random_password", provider, {
      password_length: 64,
      exclude_punctuation: true,
    });
    new SecretsmanagerSecretVersion(this, "version", {
      provider,
      secretId: this.secret.arnIn(home),
      secretStringWo: terraformExpression(`\${${made.reference("random_password")}}`),
      secretStringWoVersion: version,
    });
    this.secretName = this.secret.secretName;
    this.regions = this.secret.regions;
  }

  /** The ARN of the secret or its replica in a region. @throws ConstructError if the secret is not in that region */
  arnIn(region: string): string {
    return this.secret.arnIn(region);
  }

  /** Lets a function read the secret in its own region, and nothing else. */
  grantRead(grantee: Grantee): void {
    this.grantReadIn(grantee, grantee.region);
  }

  /** Lets a function of Lambda@Edge, which runs in regions that nobody chooses, read the secret in each of its regions. */
  grantReadAnywhere(grantee: Grantee): void {
    for (const region of this.regions) this.grantReadIn(grantee, region);
  }

  private grantReadIn(grantee: Grantee, region: string): void {
    grantee.addToRolePolicy({ actions: ["secretsmanager:GetSecretValue"], resources: [this.arnIn(region)] });
    const there: Grantee = { region, addToRolePolicy: (statement) => grantee.addToRolePolicy(statement) };
    this.key.grantUse(there, "secretsmanager", "decrypt");
  }
}
