import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { principalsOf } from "../demands/policies";
import { policyWellFormed } from "../demands/policy-documents";
import { policyExists, roleOf } from "../demands/roles";
import { answer, operation } from "../operation";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const noSuchEntity = (message: string): Answer => answer(404, "NoSuchEntity", message);
const deleteConflict = (message: string): Answer => answer(409, "DeleteConflict", message);
const limitExceeded = (message: string): Answer => answer(409, "LimitExceeded", message);
const exists = (message: string): Answer => answer(409, "EntityAlreadyExists", message);

/** A trust may name roles of the account only if they exist; the root of an account always does. */
const principals: Demand = ({ values, cloud }) => {
  const unknown = principalsOf(text(values, "assume_role_policy"), "AWS").find((principal) => {
    const arn = parseArn(principal);
    if (!arn || arn.account !== cloud.place.account || !arn.resource.startsWith("role/")) return false;
    return "missing" in roleOf(cloud, principal);
  });
  return unknown
    ? answer(400, "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${unknown}"`)
    : undefined;
};

const boundary: Demand = ({ values, cloud }) => {
  const policy = text(values, "permissions_boundary");
  return policy === "" || policyExists(cloud, policy)
    ? undefined
    : noSuchEntity(`Scope ARN: ${policy} does not exist or is not attachable.`);
};

const role: Demand = ({ values, cloud }) => {
  const name = text(values, "role");
  return "missing" in roleOf(cloud, name) ? noSuchEntity(`The role with name ${name} cannot be found.`) : undefined;
};

const policy: Demand = ({ values, cloud }) => {
  const arn = text(values, "policy_arn");
  return policyExists(cloud, arn) ? undefined : noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
};

const ofRole =
  (name: string) =>
  (state: ObjectValue): boolean =>
    text(state, "role").toLowerCase() === name.toLowerCase();

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const inlineCharacters = 10_240;
const attachedPolicies = 10;

const withoutSpace = (document: string): number => document.replace(/\s/g, "").length;

const size: Demand = ({ values, cloud }) => {
  const [name, id] = [text(values, "role"), text(values, "id")];
  const others = cloud.all("aws_iam_role_policy", (state) => ofRole(name)(state) && text(state, "id") !== id);
  const all = [...others.map(({ state }) => state), values].map((state) => withoutSpace(text(state, "policy")));
  return all.reduce((sum, length) => sum + length, 0) > inlineCharacters
    ? limitExceeded(`Maximum policy size of ${inlineCharacters} bytes exceeded for role ${name}`)
    : undefined;
};

const quota: Demand = ({ values, cloud }) =>
  cloud.all("aws_iam_role_policy_attachment", ofRole(text(values, "role"))).length >= attachedPolicies
    ? limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${attachedPolicies}`)
    : undefined;

const without =
  (type: string, message: string): Demand =>
  ({ values, cloud }: Call) =>
    values.force_detach_policies !== true && cloud.all(type, ofRole(text(values, "name"))).length > 0
      ? deleteConflict(message)
      : undefined;

const url = (values: ObjectValue): string => text(values, "url").replace(/^https:\/\//, "");

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iam: ServiceCalls = {
  aws_iam_role: {
    service: "IAM",
    create: operation("CreateRole", "creating IAM Role ({name})"),
    update: operation("UpdateAssumeRolePolicy", "updating IAM Role ({name}) assume role policy"),
    remove: operation("DeleteRole", "deleting IAM Role ({name})"),
    exists: ({ values }) => exists(`Role with name ${text(values, "name")} already exists.`),
    demands: [policyWellFormed("assume_role_policy", "trust"), principals, boundary],
    removalDemands: [
      without("aws_iam_role_policy_attachment", "Cannot delete entity, must detach all policies first."),
      without("aws_iam_role_policy", "Cannot delete entity, must delete policies first."),
      without("aws_iam_instance_profile", "Cannot delete entity, must remove roles from instance profile first."),
    ],
  },
  aws_iam_role_policy: {
    service: "IAM",
    create: operation("PutRolePolicy", "putting IAM Role ({role}) Policy ({name})"),
    remove: operation("DeleteRolePolicy", "deleting IAM Role ({role}) Policy ({name})"),
    demands: [role, policyWellFormed("policy", "identity"), size],
  },
  aws_iam_role_policy_attachment: {
    service: "IAM",
    create: operation("AttachRolePolicy", "attaching IAM Policy ({policy_arn}) to IAM Role ({role})"),
    remove: operation("DetachRolePolicy", "detaching IAM Policy ({policy_arn}) from IAM Role ({role})"),
    demands: [role, policy, quota],
  },
  aws_iam_policy: {
    service: "IAM",
    create: operation("CreatePolicy", "creating IAM Policy ({name})"),
    update: operation("CreatePolicyVersion", "updating IAM Policy ({arn})"),
    remove: operation("DeletePolicy", "deleting IAM Policy ({arn})"),
    exists: ({ values }) =>
      exists(`A policy called ${text(values, "name")} already exists. Duplicate names are not allowed.`),
    demands: [policyWellFormed("policy", "identity")],
    removalDemands: [
      ({ values, cloud }) => {
        const arn = text(values, "arn");
        const attached = cloud.all("aws_iam_role_policy_attachment", (state) => text(state, "policy_arn") === arn);
        const bounds = cloud.all("aws_iam_role", (state) => text(state, "permissions_boundary") === arn);
        return attached.length + bounds.length > 0
          ? deleteConflict("Cannot delete a policy attached to entities.")
          : undefined;
      },
    ],
  },
  aws_iam_openid_connect_provider: {
    service: "IAM",
    create: operation("CreateOpenIDConnectProvider", "creating IAM OIDC Provider"),
    update: operation("UpdateOpenIDConnectProviderThumbprint", "updating IAM OIDC Provider ({arn})"),
    remove: operation("DeleteOpenIDConnectProvider", "deleting IAM OIDC Provider ({arn})"),
    exists: ({ values }) => exists(`Provider with url https://${url(values)} already exists.`),
  },
};
