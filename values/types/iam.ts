import type { Family } from "./type-values";

/** Values of IAM. */
export const iam: Family = {
  aws_iam_openid_connect_provider: {
    api: ["iam.CreateOpenIDConnectProvider"],
    cfn: "AWS::IAM::OIDCProvider",
    members: { url: "Url", client_id_list: "ClientIDList", thumbprint_list: "ThumbprintList" },
  },
  aws_iam_policy: {
    api: ["iam.CreatePolicy"],
    cfn: "AWS::IAM::ManagedPolicy",
    members: { name: "PolicyName", policy: "PolicyDocument" },
  },
  aws_iam_role: {
    api: ["iam.CreateRole"],
    cfn: "AWS::IAM::Role",
    members: { name: "RoleName", assume_role_policy: "AssumeRolePolicyDocument" },
  },
  aws_iam_role_policy: {
    api: ["iam.PutRolePolicy"],
    members: { name: "PolicyName", policy: "PolicyDocument", role: "RoleName" },
  },
  aws_iam_role_policy_attachment: { api: ["iam.AttachRolePolicy"], members: { role: "RoleName" } },
};
