import { form, generatedName, same, starting, timestamp } from "../forms";
import { onEveryChange, type Rule, type ServiceRules } from "../subject";

/** A secret's ARN ends in six characters after the name. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
const secretArn: Rule = (s) => s.arn("secretsmanager", `secret:${s.text("name")}-${s.random.lower(6)}`);

const parameterArn: Rule = (s) => s.arn("ssm", `parameter/${s.text("name").replace(/^\//, "")}`);

/** Every change of the content makes a version, which becomes the one that is used. */
const documentVersion: Rule = onEveryChange((s) => String(Number(s.prior("latest_version") ?? 0) + 1));

function contentOf(content: string): { readonly description?: string; readonly schemaVersion?: string } {
  try {
    return JSON.parse(content);
  } catch {
    return {};
  }
}

/** Secrets Manager, Parameter Store and documents of Systems Manager. */
export const secrets: ServiceRules = {
  aws_secretsmanager_secret: {
    name: generatedName("name_prefix"),
    arn: secretArn,
    id: same("arn"),
    policy: starting(""),
    "replica.kms_key_id": starting("alias/aws/secretsmanager"),
    "replica.status": starting("InSync"),
    "replica.status_message": starting("Replication succeeded"),
    "replica.last_accessed_date": starting(""),
  },
  aws_secretsmanager_secret_version: {
    arn: same("secret_id"),
    // The provider asks with a token of its own, which becomes the version.
    version_id: onEveryChange((s) => `terraform-2025${s.random.digits(22)}`),
    id: form("{secret_id}|{version_id}"),
    version_stages: starting(["AWSCURRENT"]),
    has_secret_string_wo: (s) => (s.value("secret_string_wo_version") ?? null) !== null,
  },
  aws_secretsmanager_secret_policy: { id: same("secret_arn") },
  aws_secretsmanager_secret_rotation: { id: same("secret_id"), rotation_enabled: starting(true) },
  // @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentDescription.html
  aws_ssm_document: {
    id: same("name"),
    arn: (s) => s.arn("ssm", `document/${s.text("name")}`),
    created_date: timestamp,
    default_version: documentVersion,
    document_version: documentVersion,
    latest_version: documentVersion,
    description: (s) => contentOf(s.text("content")).description ?? "",
    schema_version: (s) => contentOf(s.text("content")).schemaVersion ?? "1.0",
    hash: onEveryChange((s) => s.random.hex(64)),
    hash_type: starting("Sha256"),
    owner: (s) => s.account,
    parameter: starting([]),
    platform_types: starting(["Linux", "MacOS", "Windows"]),
    status: starting("Active"),
  },
  // @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-working.html
  aws_ssm_parameter: {
    id: same("name"),
    arn: parameterArn,
    version: onEveryChange((s) => Number(s.prior("version") ?? 0) + 1),
    tier: starting("Standard"),
    data_type: starting("text"),
    key_id: (s) => (s.text("type") === "SecureString" ? "alias/aws/ssm" : ""),
    // Of the two attributes for a value, the provider sets the one that is configured.
    value: starting(null),
    insecure_value: (s) => (s.text("type") === "SecureString" ? "" : s.text("value")),
    has_value_wo: (s) => ((s.value("value_wo_version") ?? null) === null ? null : true),
  },
};
