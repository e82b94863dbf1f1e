import { accountArn, form, generatedName, same, starting, timestamp, upperId } from "../forms";
import type { ServiceRules } from "../subject";

/** Unique ids begin with the kind. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
export const iam: ServiceRules = {
  aws_iam_role: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: accountArn("iam", "role{path}{name}"),
    unique_id: upperId("AROA", 17),
    create_date: timestamp,
    managed_policy_arns: starting([]),
  },
  aws_iam_role_policy: { name: generatedName("name_prefix"), id: form("{role}:{name}") },
  aws_iam_role_policy_attachment: { id: (s) => `${s.text("role")}-2025${s.random.digits(22)}` },
  aws_iam_policy: {
    name: generatedName("name_prefix"),
    arn: accountArn("iam", "policy{path}{name}"),
    id: same("arn"),
    policy_id: upperId("ANPA", 17),
    attachment_count: starting(0),
  },
  aws_iam_policy_attachment: { id: same("name") },
  aws_iam_instance_profile: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: accountArn("iam", "instance-profile{path}{name}"),
    unique_id: upperId("AIPA", 17),
    create_date: timestamp,
  },
  aws_iam_user: {
    id: same("name"),
    arn: accountArn("iam", "user{path}{name}"),
    unique_id: upperId("AIDA", 17),
  },
  aws_iam_group: {
    id: same("name"),
    arn: accountArn("iam", "group{path}{name}"),
    unique_id: upperId("AGPA", 17),
  },
  aws_iam_access_key: {
    id: upperId("AKIA", 16),
    secret: (s) => s.random.lower(40),
    ses_smtp_password_v4: (s) => s.random.lower(44),
    encrypted_secret: starting(""),
    encrypted_ses_smtp_password_v4: starting(""),
    key_fingerprint: starting(""),
    create_date: timestamp,
  },
  aws_iam_openid_connect_provider: {
    arn: (s) => s.arn("iam", `oidc-provider/${s.text("url").replace(/^https:\/\//, "")}`, { region: "" }),
    id: same("arn"),
    thumbprint_list: (s) => [s.random.hex(40)],
  },
  aws_iam_service_linked_role: {
    name: (s) => `AWSServiceRoleFor${s.text("aws_service_name").split(".")[0] ?? ""}`,
    path: form("/aws-service-role/{aws_service_name}/"),
    arn: accountArn("iam", "role{path}{name}"),
    id: same("arn"),
    unique_id: upperId("AROA", 17),
    create_date: timestamp,
  },
};
