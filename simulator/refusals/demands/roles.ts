import type { Thing } from "../../inventory/thing";
import type { CloudView } from "../cloud-view";
import { type Answer, type Call, type Demand, text } from "../refusal";
import { type Found, lookUp, parseArn } from "./arns";
import { allows, type Wish } from "./policies";

/** The role that an ARN or a name refers to; names of IAM do not tell upper from lower case. */
export function roleOf(cloud: CloudView, given: string): Found {
  return lookUp(
    cloud,
    "aws_iam_role",
    given,
    (resource) => resource.split("/").pop() ?? resource,
    (state, name) => text(state, "name").toLowerCase() === name.toLowerCase(),
  );
}

/** Whether a role lets a service or another principal assume it. @param service `lambda.amazonaws.com` */
export function trusts(role: Thing, service: string): boolean {
  return allows(text(role.state, "assume_role_policy"), { principal: service, action: "sts:AssumeRole" });
}

/** Whether a role, given by its ARN, exists and trusts a service. Roles of other accounts are taken for true. */
export function canBeAssumed(cloud: CloudView, roleArn: string, service: string): boolean {
  const found = roleOf(cloud, roleArn);
  return "foreign" in found || ("thing" in found && trusts(found.thing, service));
}

/**
 * Demands that a role exists and trusts a service.
 * @param roleIn reads the role's ARN; "" for a call that names none
 */
export function trustedRole(
  roleIn: (call: Call) => string,
  service: string,
  answer: (roleArn: string, call: Call) => Answer,
): Demand {
  return (call) => {
    const role = roleIn(call);
    return role === "" || canBeAssumed(call.cloud, role, service) ? undefined : answer(role, call);
  };
}

/** Whether a managed policy exists: AWS's own always do, and those of other accounts are taken for true. */
export function policyExists(cloud: CloudView, policyArn: string): boolean {
  const arn = parseArn(policyArn);
  if (!arn || arn.account !== cloud.place.account) return arn !== undefined;
  return cloud.find("aws_iam_policy", (state) => text(state, "arn") === policyArn) !== undefined;
}

/**
 * Whether the policies of a role let it do something. What AWS's own policies, and those of other accounts, allow is not
 * known here: a role that has one is taken to be allowed everything.
 */
export function roleMay(cloud: CloudView, role: Thing, wish: Wish): boolean {
  const name = text(role.state, "name").toLowerCase();
  const ofRole = (state: Thing["state"]): boolean => text(state, "role").toLowerCase() === name;
  const inline = (state: Thing["state"]): boolean => ofRole(state) && allows(text(state, "policy"), wish);
  const attached = (state: Thing["state"]): boolean => ofRole(state) && managedAllows(cloud, state, wish);
  return Boolean(cloud.find("aws_iam_role_policy", inline) ?? cloud.find("aws_iam_role_policy_attachment", attached));
}

function managedAllows(cloud: CloudView, attachment: Thing["state"], wish: Wish): boolean {
  const arn = text(attachment, "policy_arn");
  const [policy] = cloud.all("aws_iam_policy", (state) => text(state, "arn") === arn);
  return !policy || allows(text(policy.state, "policy"), wish);
}
