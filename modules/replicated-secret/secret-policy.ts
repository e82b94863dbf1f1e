import { denyWithoutTls, policyDocument } from "../core";

/**
 * The resource policy of a secret, which its replicas take over. It only denies: who may read is said by roles alone, so that
 * no second place can open the secret.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 * @param account AWS account id, 12 digits
 */
export function secretPolicy(account: string): string {
  const everything = { actions: ["secretsmanager:*"], resources: ["*"] };
  return policyDocument([
    denyWithoutTls({ sid: "DenyWithoutTls", ...everything }),
    {
      sid: "DenyOtherAccounts",
      effect: "Deny",
      principals: "*",
      ...everything,
      // AWS services have no account, and would be denied with the strangers.
      conditions: {
        StringNotEquals: { "aws:PrincipalAccount": account },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
}
