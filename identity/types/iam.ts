import { folded, role, text } from "../forms";
import type { Rules } from "../rule";

const named = { name: folded };

/**
 * IAM is one for all regions; names differ by more than case, and by more than their path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const iam: Rules = {
  aws_iam_role: { scope: "account", name: "role {name}", read: named },
  aws_iam_role_policy: { scope: "account", name: "policy {name} of role {role}", read: { role } },
  aws_iam_role_policy_attachment: { scope: "account", name: "{policy_arn} attached to role {role}", read: { role } },
  aws_iam_policy: { scope: "account", name: "policy {name}", read: named },
  aws_iam_instance_profile: { scope: "account", name: "instance profile {name}", read: named },
  aws_iam_user: { scope: "account", name: "user {name}", read: named },
  aws_iam_group: { scope: "account", name: "group {name}", read: named },
  aws_iam_openid_connect_provider: {
    scope: "account",
    name: "identity provider {url}",
    read: { url: (value, values) => text(value, values)?.replace(/^https:\/\//, "") },
  },
};
