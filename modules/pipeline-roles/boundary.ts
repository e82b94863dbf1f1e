import type { PolicyStatement } from "../core";
import { unique } from "./changes";
import { changesOfRoles } from "./changes-by-hand";
import { arnOf, hasTag, managedPoliciesOf, type PolicyOf, rolesOf } from "./environment-policy";
import { scopes } from "./scopes";

const nothingByItself = "A boundary allows nothing by itself: it limits what policies of the role may allow.";

/** What functions and tasks call that has no resource, or one that nobody can name before. */
const ofRuntime: readonly string[] = [
  "application-autoscaling:Describe*",
  "cloudwatch:Describe*",
  "cloudwatch:Get*",
  "cloudwatch:PutMetricData",
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:Describe*",
  "ec2:UnassignPrivateIpAddresses",
  "ecr:Batch*",
  "ecr:Get*",
  "ecs:ListTasks",
  "lambda:GetEventSourceMapping",
  "logs:*LogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:PutResourcePolicy",
  "rds-db:connect",
  "secretsmanager:GetRandomPassword",
  "sts:GetCallerIdentity",
  "xray:Get*",
  "xray:Put*",
];

/** What roles of AWS services in the environment reach by a name that other types of Terraform do not have. */
const namedAtRuntime: Readonly<Record<string, readonly string[]>> = {
  ecs: ["task/{env}-*"],
  // Enhanced monitoring writes for all databases of an account into one group.
  logs: ["log-group:RDSOSMetrics*"],
  ssm: ["automation-definition/{env}-*"],
};

/** What no role of an environment changes at run time. */
const notAtRuntime = new Set(["budgets", "chatbot", "signer", "wafv2"]);

/** What backups and experiments make themselves, by ids that tell no environment, and before it has a tag. */
const withoutNames = {
  actions: [
    "backup:TagResource",
    "ec2:*NetworkAcl*",
    "ec2:CreateTags",
    "ec2:GetManagedPrefixListEntries",
    "fis:StartExperiment",
    "fis:TagResource",
    "rds:*Cluster*",
    "rds:AddTagsToResource",
    "rds:ListTagsForResource",
    "ssm:*Automation*",
  ],
  resources: [
    "arn:{partition}:backup:*:{account}:recovery-point:*",
    "arn:{partition}:ec2:*:{account}:network-acl/*",
    "arn:{partition}:ec2:*:*:prefix-list/*",
    "arn:{partition}:fis:*:{account}:experiment/*",
    "arn:{partition}:rds:*:{account}:cluster-auto-backup:*",
    "arn:{partition}:rds:*:{account}:cluster-snapshot:awsbackup:*",
    "arn:{partition}:ssm:*:{account}:automation-execution/*",
  ],
} as const;

/** The services that are held to the regions of the environment, by what holds data or runs code. Functions at the edge log in the region of their caller. */
const heldToRegions = [
  "dynamodb",
  "ec2",
  "ecs",
  "events",
  "kms",
  "lambda",
  "rds",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
];

/**
 * What IAM itself lets roles of services do: the action of a budget attaches a policy of the environment to its roles, which keep their boundary, and
 * EventBridge and Systems Manager are given roles of the environment.
 */
function ofRoles(of: PolicyOf): PolicyStatement[] {
  return [
    {
      sid: "StoppedByBudgets",
      actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      resources: [rolesOf(of)],
      conditions: {
        ArnLike: { "iam:PolicyARN": managedPoliciesOf(of) },
        StringEquals: { "iam:PermissionsBoundary": of.boundaryArn },
      },
    },
    {
      sid: "PassedByServices",
      actions: ["iam:PassRole"],
      resources: [rolesOf(of)],
      conditions: { StringEquals: { "iam:PassedToService": ["events.amazonaws.com", "ssm.amazonaws.com"] } },
    },
  ];
}

/** Where a name can be anything, and a service has few kinds of it, one pattern stands for all of them. */
function namesOf(of: PolicyOf): string[] {
  const services = Object.entries(scopes).filter(([service]) => !notAtRuntime.has(service));
  const named = services.flatMap(([service, { named = {} }]) =>
    [...Object.values(named).flat(), ...(namedAtRuntime[service] ?? [])].map((pattern) => arnOf(service, pattern, of)),
  );
  return unique(named).filter(
    (arn, _, all) => !all.some((other) => other !== arn && other.endsWith("*") && arn.startsWith(other.slice(0, -1))),
  );
}

/**
 * The permissions boundary of every role that the environment's apply makes: nothing of another environment, no states, and
 * of IAM only what budgets, events and automations do with its own roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryOfRoles(of: PolicyOf): PolicyStatement[] {
  const tagged = Object.keys(scopes).filter((service) => scopes[service]?.tagged);
  return [
    {
      sid: "Named",
      actions: ["*"],
      resources: namesOf(of),
      wildcards: { action: nothingByItself },
    },
    {
      sid: "Tagged",
      actions: [...tagged, "execute-api"].map((service) => `${service}:*`),
      resources: ["*"],
      conditions: hasTag(of),
      wildcards: { action: nothingByItself, resource: nothingByItself },
    },
    {
      sid: "Sources",
      effect: "Deny",
      actions: ["lambda:CreateEventSourceMapping"],
      resources: ["*"],
      wildcards: { resource: "It denies: only an apply makes sources of events." },
    },
    { sid: "Runtime", actions: ofRuntime, resources: ["*"], wildcards: { resource: nothingByItself } },
    {
      sid: "WithoutNames",
      actions: withoutNames.actions,
      resources: withoutNames.resources.map((pattern) => arnOf("", pattern, of)),
    },
    ...ofRoles(of),
    ...of.environment.reaches.map(({ actions, resources, reason }) => ({
      actions,
      resources,
      ...(resources.includes("*") && { wildcards: { resource: reason } }),
    })),
    regionsOnly(of, heldToRegions),
  ];
}

/** The permissions boundary of the pipeline's own roles: the services of environments, no person, no key and no role without the other boundary. */
export function boundaryOfPipelines(of: PolicyOf): PolicyStatement[] {
  const { partition, account, path, boundaryArn } = of;
  return [
    {
      sid: "Services",
      actions: [...Object.keys(scopes), "sts"].sort().map((service) => `${service}:*`),
      resources: ["*"],
      wildcards: { action: nothingByItself, resource: nothingByItself },
    },
    {
      sid: "RolesWithoutBoundary",
      effect: "Deny",
      actions: changesOfRoles,
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn } },
      wildcards: { resource: "It denies: no role at all." },
    },
    {
      sid: "NothingOfPersons",
      effect: "Deny",
      actions: [
        "iam:*AccessKey*",
        "iam:*Group*",
        "iam:*LoginProfile*",
        "iam:*MFADevice*",
        "iam:*OpenIDConnect*",
        "iam:*SAML*",
        "iam:*User*",
        "iam:DeleteRolePermissionsBoundary",
        "iam:SetDefaultPolicyVersion",
      ],
      resources: ["*"],
      wildcards: { resource: "It denies: no environment has any." },
    },
    {
      sid: "NothingOfPipelines",
      effect: "Deny",
      actions: ["iam:A*", "iam:C*", "iam:D*", "iam:PassRole", "iam:Pu*", "iam:T*", "iam:U*"],
      resources: [`arn:${partition}:iam::${account}:role${path}*`, `arn:${partition}:iam::${account}:policy${path}*`],
    },
    regionsOnly(of),
  ];
}

const regionsOnly = (of: PolicyOf, services?: readonly string[]): PolicyStatement => ({
  sid: "Regions",
  effect: "Deny",
  actions: services === undefined ? ["*"] : services.map((service) => `${service}:*`),
  resources: ["*"],
  conditions: { StringNotEquals: { "aws:RequestedRegion": regionsOf(of) } },
  wildcards: { action: "It denies: every other region.", resource: "It denies: every other region." },
});

/** The regions of the environment and of its states; services without regions answer from us-east-1. */
export const regionsOf = ({ environment: { regions, states } }: PolicyOf): string[] =>
  unique([...regions, ...states.map(({ region }) => region), "us-east-1"]).sort();
