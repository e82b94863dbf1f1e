import { denyWithoutTls, ofWhatItBelongsTo, policyDocument } from "../core";

/**
 * The resource policy of a secret, which its replicas share. It only denies: read access is granted through roles
 * alone, so that there is a single place that controls it.
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
      wildcards: {
        action: "It denies: other accounts may do nothing with the secret.",
        resource: `${ofWhatItBelongsTo} Its replicas in other regions, which have other ARNs, share it.`,
        principal: "It denies everybody but those whom its condition leaves out.",
      },
      // AWS services have no account, so they would be denied together with other accounts.
      conditions: {
        StringNotEquals: { "aws:PrincipalAccount": account },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
}
