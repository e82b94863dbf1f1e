import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import {
  acceptFinding,
  deploymentStackOf,
  EphemeralResource,
  type RegionalKey,
  resourceName,
  terraformExpression,
} from "../core";

export interface MasterSecretProps {
  readonly name: string;
  readonly home: string;
  /** The regions that get a replica of the secret. */
  readonly standby: readonly string[];
  readonly key: RegionalKey;
  readonly username: string;
  /** Raise it to generate a new password. */
  readonly version: number;
  /** How long a deleted secret, and its name, is kept: 7 to 30 days, or 0. */
  readonly recoveryWindowDays: number;
}

/**
 * The master password. Secrets Manager generates it. It is stored in a secret and in the cluster, but never in a plan
 * or state.
 *
 * RDS cannot manage it (`manage_master_user_password`) in a global database. The cluster gets the value read back from
 * the secret, not the generated one, so that both match even if a run fails in between.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
export class MasterSecret extends Construct {
  readonly secretArn: string;
  /** For `master_password_wo` only. */
  readonly password: string;

  constructor(scope: Construct, id: string, props: MasterSecretProps) {
    super(scope, id);
    const { name, home, standby, key, username, version, recoveryWindowDays } = props;
    const provider = deploymentStackOf(this).providers.in(home);
    const secret = new SecretsmanagerSecret(this, "secret", {
      provider,
      // Not "-master": a hyphen and six characters look like the suffix that Secrets Manager adds to ARNs.
      name: resourceName(this, [name, "master-user"], 512),
      description: `Master user of the database ${name}`,
      kmsKeyId: key.arnIn(home),
      recoveryWindowInDays: recoveryWindowDays,
      replica: standby.map((region) => ({ region, kmsKeyId: key.arnIn(region) })),
    });
    acceptFinding(
      secret,
      "CKV2_AWS_57",
      "Services do not use it, and RDS rotates no master password of a global database; masterPasswordVersion sets a new one.",
    );
    const made = new EphemeralResource(this, "made", "aws_secretsmanager_random_password", provider, {
      password_length: 40,
      // RDS does not allow / @ " and spaces in a master password.
      exclude_punctuation: true,
      require_each_included_type: true,
    });
    const stored = new SecretsmanagerSecretVersion(this, "version", {
      provider,
      secretId: secret.arn,
      secretStringWo: terraformExpression(
        `\${jsonencode({ username = ${JSON.stringify(username)}, password = ${made.reference("random_password")} })}`,
      ),
      secretStringWoVersion: version,
    });
    const read = new EphemeralResource(this, "read", "aws_secretsmanager_secret_version", provider, {
      secret_id: stored.secretId,
    });
    this.secretArn = secret.arn;
    // Also accepts a secret that was replaced by hand and contains only the password.
    const text = read.reference("secret_string");
    this.password = terraformExpression(`\${try(jsondecode(${text}).password, ${text})}`);
  }
}
