import { text, type Warning } from "../refusal";
import { isForeign, parseArn } from "./arns";
import { principalsOf } from "./policies";
import { roleOf } from "./roles";

/**
 * Roles of the account that a resource's policy names and that are not in the simulated cloud. AWS refuses a policy whose
 * principals do not exist; but roles of people and pipelines are made elsewhere, so they are told, not refused.
 */
export function principalsKnown(attribute: string): Warning {
  return ({ values, cloud }) => {
    const missing = principalsOf(text(values, attribute), "AWS").find((principal) => {
      const arn = parseArn(principal);
      if (!arn || isForeign(arn, cloud.place) || !arn.resource.startsWith("role/")) return false;
      return !arn.resource.startsWith("role/aws-service-role/") && "missing" in roleOf(cloud, principal);
    });
    return (
      missing &&
      `names ${missing} in its ${attribute}, and no such role is in the simulated cloud; AWS refuses principals that do not exist`
    );
  };
}
