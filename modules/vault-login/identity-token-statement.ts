import type { PolicyStatement } from "../core";
import type { IdentityTokenConfig } from "./config";

/**
 * Lets a role ask STS for identity tokens of one audience, one algorithm and a limited life. The three conditions are met only by requests
 * that say all of them, as the runtime's do.
 * @param audience the server's own id, which the token names as its audience
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_policies.html
 */
export function identityTokenStatement(
  audience: string,
  { signingAlgorithm, durationSeconds }: Pick<IdentityTokenConfig, "signingAlgorithm" | "durationSeconds">,
): PolicyStatement {
  return {
    sid: "GetIdentityTokens",
    actions: ["sts:GetWebIdentityToken"],
    resources: ["*"],
    wildcards: {
      resource:
        "A token is made for whoever asks and belongs to no resource: IAM takes nothing but *. The conditions say for which server it may be, and for how long.",
    },
    conditions: {
      "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": audience },
      // Of a request without audiences, every condition for all values is true.
      Null: { "sts:IdentityTokenAudience": "false" },
      StringEquals: { "sts:SigningAlgorithm": signingAlgorithm },
      NumericLessThanEquals: { "sts:DurationSeconds": String(durationSeconds) },
    },
  };
}
