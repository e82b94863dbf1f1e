import type { PolicyStatement } from "../core";
import { statementsOf, unscopedActions } from "./changes";
import { arnOf, hasTag, managedPoliciesOf, type PolicyOf, rolesOf, takesUntagged } from "./environment-policy";
import type { KnownAction } from "./permissions";
import { scopes } from "./scopes";

/** The services that roles of an environment are for. */
export const servicesOfRoles: readonly string[] = [
  "backup.amazonaws.com",
  "budgets.amazonaws.com",
  "chatbot.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "edgelambda.amazonaws.com",
  "events.amazonaws.com",
  "fis.amazonaws.com",
  "lambda.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "scheduler.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** The services whose own role AWS makes when the first resource is made. */
const linkedServices: readonly string[] = [
  "ecs.application-autoscaling.amazonaws.com",
  "ecs.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "lambda.application-autoscaling.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "rds.amazonaws.com",
  "replication.dynamodb.amazonaws.com",
  "contributorinsights.dynamodb.amazonaws.com",
  "apidestinations.events.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "wafv2.amazonaws.com",
];

/** Changes of roles that a boundary can be demanded for. */
export const changesOfRoles: readonly string[] = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/**
 * Roles of the environment, all of which must have the boundary, and what they may be passed to.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export function roleStatements(of: PolicyOf): PolicyStatement[] {
  const roles = rolesOf(of);
  const boundary = { StringEquals: { "iam:PermissionsBoundary": of.boundaryArn } };
  return [
    { actions: changesOfRoles, resources: [roles], conditions: boundary },
    { actions: ["iam:TagRole", "iam:UntagRole", "iam:UpdateRole", "iam:UpdateRoleDescription"], resources: [roles] },
    {
      actions: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ],
      resources: [managedPoliciesOf(of)],
    },
    {
      actions: ["iam:PassRole"],
      resources: [roles],
      conditions: { StringEquals: { "iam:PassedToService": servicesOfRoles } },
    },
    {
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:${of.partition}:iam::${of.account}:role/aws-service-role/*`],
      conditions: { StringEquals: { "iam:AWSServiceName": linkedServices } },
    },
  ];
}

/** Use of a key by AWS services on behalf of who deploys, as when a table is encrypted by it. */
export const keyUse: readonly string[] = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** Keys: by their tag, used through services only, and granted to services only. */
export function keyStatements(actions: readonly KnownAction[], of: PolicyOf): PolicyStatement[] {
  const kms = actions.filter(({ service, reads }) => service === "kms" && !reads);
  const isUse = ({ action }: KnownAction) => keyUse.includes(action) || /Grant$/.test(action);
  const key = arnOf("kms", "key/*", of);
  return [
    ...statementsOf(
      "kms",
      scopes.kms ?? {},
      kms.filter((each) => !isUse(each)),
      of,
    ),
    {
      actions: keyUse,
      resources: [key],
      conditions: hasTag(of, { StringLike: { "kms:ViaService": "*.amazonaws.com" } }),
    },
    {
      actions: ["kms:CreateGrant", "kms:RetireGrant", "kms:RevokeGrant"],
      resources: [key],
      conditions: hasTag(of, { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    },
  ];
}

/** APIs, whose ARNs have no account: by the tag of the API or domain name. */
export function apiStatements(of: PolicyOf): PolicyStatement[] {
  const arn = (path: string) => `arn:${of.partition}:apigateway:*::${path}`;
  return [
    {
      actions: ["apigateway:POST", "apigateway:AddCertificateToDomain"],
      resources: [arn("/apis"), arn("/domainnames")],
      conditions: takesUntagged(of),
    },
    {
      actions: [
        "apigateway:AddCertificateToDomain",
        "apigateway:DELETE",
        "apigateway:PATCH",
        "apigateway:POST",
        "apigateway:PUT",
        "apigateway:RemoveCertificateFromDomain",
      ],
      resources: [arn("/apis/*"), arn("/domainnames/*")],
      conditions: hasTag(of),
    },
  ];
}

/** Records in the zones that the environment names. */
export function recordStatements(of: PolicyOf): PolicyStatement[] {
  const zones = of.environment.hostedZoneIds.map((id) => `arn:${of.partition}:route53:::hostedzone/${id}`);
  return zones.length === 0 ? [] : [{ actions: ["route53:ChangeResourceRecordSets"], resources: zones }];
}

/** Mappings have ids; the function tells whose they are. */
export function mappingStatements(of: PolicyOf): PolicyStatement[] {
  const conditions = { ArnLike: { "lambda:FunctionArn": arnOf("lambda", "function:{env}-*", of) } };
  return [
    {
      actions: ["lambda:CreateEventSourceMapping"],
      resources: ["*"],
      conditions,
      wildcards: { resource: "IAM takes no resource for what does not exist yet; the condition names the functions." },
    },
    {
      actions: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      resources: [arnOf("lambda", "event-source-mapping:*", of)],
      conditions,
    },
  ];
}

/** What IAM holds to no name and no tag: only where no other environment is in the account, or where the environment says why. */
export function unscopedStatements(actions: readonly KnownAction[], of: PolicyOf): PolicyStatement[] {
  const { unscoped } = of.environment;
  if (!of.alone && unscoped === undefined) return [];
  const reason =
    unscoped?.reason ?? "IAM takes neither a name nor a tag for these, and the account has no other environment.";
  const unheld = unscopedActions(actions).sort();
  return [
    ...(unheld.length > 0 ? [{ actions: unheld, resources: ["*"], wildcards: { resource: reason } }] : []),
    // Tags of APIs have a path of their own, with the ARN of the API in it.
    {
      actions: ["apigateway:DELETE", "apigateway:POST", "apigateway:PUT"],
      resources: [`arn:${of.partition}:apigateway:*::/tags/*`],
    },
  ];
}
