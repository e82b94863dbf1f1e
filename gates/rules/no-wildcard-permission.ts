import type { Gate, ReasonedWildcard } from "../../contract/gate";
import { type Plan, type ResourceChange, valueAt } from "../../terraform";
import { introduced, isCreated, type Problem, valuesAt } from "../introduced";
import { isOpenToEverybody, isPublic, type Permission, permissionsIn, statementsOf } from "../policies";
import { accessPolicies } from "./no-lockout";
import { storagePolicies } from "./no-public-storage";

/** Arguments with a policy of who acts, by type. */
export const identityPolicies: Readonly<Record<string, string>> = {
  aws_iam_group_policy: "policy",
  aws_iam_policy: "policy",
  aws_iam_role: "inline_policy.policy",
  aws_iam_role_policy: "policy",
  aws_iam_user_policy: "policy",
  aws_ssoadmin_permission_set_inline_policy: "inline_policy",
};

/** Arguments that name a policy of AWS, by type. */
const attachments: Readonly<Record<string, string>> = {
  aws_iam_group_policy_attachment: "policy_arn",
  aws_iam_policy_attachment: "policy_arn",
  aws_iam_role: "managed_policy_arns",
  aws_iam_role_policy_attachment: "policy_arn",
  aws_iam_user_policy_attachment: "policy_arn",
  aws_ssoadmin_managed_policy_attachment: "managed_policy_arn",
};

/** Policies of AWS that allow everything, or everything that leads there. */
const ofEverything = /^arn:aws[a-z-]*:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/**
 * Actions for which IAM takes nothing but `*` as a resource, or which make something whose name nobody knows before.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const withoutResource =
  /^(xray:(Put(TraceSegments|TelemetryRecords)|GetSampling\w+)|cloudwatch:(PutMetricData|GetMetricData|GetMetricStatistics|ListMetrics)|ec2:Describe[\w*]+|ec2:(CreateNetworkInterface|DeleteNetworkInterface|AssignPrivateIpAddresses|UnassignPrivateIpAddresses)|ecr:GetAuthorizationToken|ecr-public:GetAuthorizationToken|ecs:(List(Clusters|Tasks|Services|TaskDefinitions)|RegisterTaskDefinition|DeregisterTaskDefinition|DescribeTaskDefinition)|logs:(\w+LogDelivery|ListLogDeliveries|DescribeLogGroups|DescribeResourcePolicies|PutResourcePolicy)|application-autoscaling:Describe\w+|autoscaling:Describe[\w*]+|elasticloadbalancing:Describe[\w*]+|rds:Describe[\w*]+|kms:(List(Keys|Aliases)|GenerateRandom)|s3:(ListAllMyBuckets|GetAccountPublicAccessBlock)|sts:(GetCallerIdentity|GetSessionToken)|secretsmanager:(GetRandomPassword|ListSecrets)|ssm:DescribeParameters|ssmmessages:\w+|ec2messages:\w+|tag:Get\w+|pricing:\w+|ce:Get\w+|iam:(List(Roles|Users|Policies|AccountAliases)|GetAccountSummary)|route53:(List\w+|GetHostedZoneCount|TestDNSAnswer)|cloudfront:List\w+|lambda:(ListFunctions|GetAccountSettings)|dynamodb:ListTables|sns:ListTopics|sqs:ListQueues|states:ListStateMachines|events:ListEventBuses|servicequotas:\w+|organizations:(Describe|List)\w+)$/i;

/** No policy allows every action, or something on every resource, without saying why. */
export const noWildcardPermission: Gate = {
  id: "no-wildcard-permission",
  statement: "No policy begins to allow every action, every resource or every principal without a reason.",
  why: "Whoever takes over one function or one key of access can then do everything that the policy allows, in all of the account.",
  howToFix:
    "list the actions, name the resources and the principals; if it has to be all of them, give the reason in wildcards of policyDocument, or name the address with the argument under acknowledgedFindings of the environment",
  check: (plan, { wildcards = [] }) => [
    ...introduced(plan, (type, values, resource) => [
      ...ofIdentities(type, values, resource, wildcards),
      ...ofAttachments(type, values),
      ...ofPrincipals(type, values, resource),
    ]),
    ...ofDocuments(plan),
  ],
};

function ofIdentities(
  type: string,
  values: unknown,
  { address }: ResourceChange,
  reasons: readonly ReasonedWildcard[],
): Problem[] {
  const argument = identityPolicies[type];
  if (argument === undefined) return [];
  const own = reasons.filter((one) => one.address === address && /\w/.test(one.reason ?? ""));
  return valuesAt(values, argument.split(".")).flatMap((document) =>
    permissionsIn(document)
      .flatMap((permission) => tooWide(permission, own))
      .map((message) => ({ argument, message })),
  );
}

/** What one statement allows too much of, unless there is a reason beside it. */
function tooWide(
  { sid, actions, notActions, resources }: Permission,
  reasons: readonly ReasonedWildcard[] = [],
): string[] {
  const hasReason = (every: ReasonedWildcard["every"]) =>
    reasons.some(
      (one) =>
        one.every === every &&
        one.effect === "Allow" &&
        one.sid === sid &&
        isSame(one.actions, [...actions, ...notActions]),
    );
  const statement = sid === undefined ? "a statement" : `its statement ${sid}`;
  const all = actions.filter((action) => /^(\*|[^:]+:\*)$/.test(action));
  const scoped = actions.filter((action) => !withoutResource.test(action));
  return [
    ...(all.length > 0 && !hasReason("action") ? [`${statement} would allow every action: ${all.join(", ")}`] : []),
    ...(notActions.length > 0 && !hasReason("action")
      ? [`${statement} would allow every action but ${few(notActions)}`]
      : []),
    ...(resources.includes("*") && scoped.length > 0 && all.length === 0 && !hasReason("resource")
      ? [`${statement} would allow ${few(scoped)} on every resource`]
      : []),
  ];
}

function ofAttachments(type: string, values: unknown): Problem[] {
  const argument = attachments[type];
  if (argument === undefined) return [];
  return [valueAt(values, [argument]) ?? []]
    .flat()
    .filter((arn) => ofEverything.test(String(arn)))
    .map((arn) => ({ argument, message: `would allow everything that ${String(arn).split("/").at(-1)} of AWS does` }));
}

/** Who may call or use something; of what stores data, no-public-storage says so. */
function ofPrincipals(type: string, values: unknown, resource: ResourceChange): Problem[] {
  const isWidened = !isCreated(resource);
  if (type === "aws_lambda_permission") {
    const [principal, source, account] = ["principal", "source_arn", "source_account"].map((name) =>
      valueAt(values, [name]),
    );
    const organisation = valueAt(values, ["principal_org_id"]);
    // Where an update brings it, no-weaker-security says so; a permission is replaced anyway.
    if (principal !== "*" || source || account || organisation || isWidened) return [];
    if (valueAt(resource.change.after_unknown, ["source_arn"])) return [];
    // Whoever calls the URL of a function, its own type of authorization decides.
    if (valueAt(values, ["function_url_auth_type"])) return [];
    return [{ argument: "principal", message: "would let everybody call the function" }];
  }
  if (type in storagePolicies) return [];
  return Object.keys(accessPolicies[type] ?? {}).flatMap((argument) => {
    const statements = statementsOf(valueAt(values, [argument])) ?? [];
    if ((isWidened && isPublic(statements)) || !isOpenToEverybody(statements)) return [];
    return [{ argument, message: "would let everybody in, by its policy" }];
  });
}

/** Policies that Terraform itself puts together, as far as they are known before the apply. */
function ofDocuments(plan: Plan) {
  return (plan.resource_changes ?? [])
    .filter(({ mode, type, change }) => mode === "data" && type === "aws_iam_policy_document" && change.after)
    .flatMap(({ address, change }) =>
      [valueAt(change.after, ["statement"]) ?? []].flat().flatMap((statement) => {
        if (valueAt(statement, ["effect"]) === "Deny" || hasPrincipals(statement)) return [];
        const sid = valueAt(statement, ["sid"]);
        return tooWide({
          ...(typeof sid === "string" && sid !== "" && { sid }),
          actions: textsAt(statement, "actions"),
          notActions: textsAt(statement, "not_actions"),
          resources: textsAt(statement, "resources"),
        }).map((message) => ({ address, message, acknowledgedAs: `${address}.statement` }));
      }),
    );
}

const hasPrincipals = (statement: unknown): boolean =>
  ["principals", "not_principals"].some((name) => {
    const blocks = valueAt(statement, [name]);
    return Array.isArray(blocks) && blocks.length > 0;
  });

const textsAt = (value: unknown, name: string): string[] =>
  [valueAt(value, [name]) ?? []].flat().flatMap((text) => (typeof text === "string" ? [text] : []));

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join() === [...other].sort().join();

function few(names: readonly string[]): string {
  const first = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}
