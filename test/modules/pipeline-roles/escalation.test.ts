import { account, type Context, githubRoles, madeRole, may, roleOf, synthesizedRoles } from "./roles";

const resources = synthesizedRoles(githubRoles("prod", "dev"));
const roles = { plan: roleOf(resources, "prod", "plan"), apply: roleOf(resources, "prod", "apply") };
const made = madeRole(resources, "prod");

const boundary = { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/pipelines/pipeline-prod-boundary` };
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const policy = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
const own = role("prod-orders-eu-west-1");

/** Ways to more rights than a role has. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
const ways: [way: string, action: string, resource: string, context?: Context][] = [
  ["a role without a boundary", "iam:CreateRole", own],
  ["a role with another boundary", "iam:CreateRole", own, { "iam:PermissionsBoundary": policy("prod-mine") }],
  [
    "a role with the limits of pipelines",
    "iam:CreateRole",
    own,
    { "iam:PermissionsBoundary": policy("pipelines/pipeline-prod-limits") },
  ],
  ["a role of another environment", "iam:CreateRole", role("dev-orders"), boundary],
  ["a role beside the pipelines' own", "iam:CreateRole", role("pipelines/more"), boundary],
  ["taking a boundary away", "iam:DeleteRolePermissionsBoundary", own, boundary],
  ["changing a boundary", "iam:PutRolePermissionsBoundary", own, { "iam:PermissionsBoundary": policy("prod-mine") }],
  ["a policy on a role without a boundary", "iam:PutRolePolicy", own],
  ["a policy on its own role", "iam:AttachRolePolicy", role("pipelines/pipeline-prod-apply"), boundary],
  ["an inline policy on its own role", "iam:PutRolePolicy", role("pipelines/pipeline-prod-apply"), boundary],
  ["a policy on a foreign role", "iam:AttachRolePolicy", role("admin"), boundary],
  ["a policy on a role of dev", "iam:PutRolePolicy", role("dev-orders"), boundary],
  ["a version of its own policy", "iam:CreatePolicyVersion", policy("pipelines/pipeline-prod-apply-1")],
  ["a version of the boundary", "iam:CreatePolicyVersion", policy("pipelines/pipeline-prod-boundary")],
  ["another version of the boundary", "iam:SetDefaultPolicyVersion", policy("pipelines/pipeline-prod-boundary")],
  ["without the boundary's policy", "iam:DeletePolicy", policy("pipelines/pipeline-prod-boundary")],
  ["a policy of dev", "iam:CreatePolicyVersion", policy("dev-x")],
  ["the trust of its own role", "iam:UpdateAssumeRolePolicy", role("pipelines/pipeline-prod-apply"), boundary],
  ["the trust of the role of dev", "iam:UpdateAssumeRolePolicy", role("pipelines/pipeline-dev-apply"), boundary],
  ["the trust of a foreign role", "iam:UpdateAssumeRolePolicy", role("admin"), boundary],
  [
    "passing itself",
    "iam:PassRole",
    role("pipelines/pipeline-prod-apply"),
    { "iam:PassedToService": "lambda.amazonaws.com" },
  ],
  ["passing a role of dev", "iam:PassRole", role("dev-orders"), { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["passing a foreign role", "iam:PassRole", role("admin"), { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["passing a role to CloudFormation", "iam:PassRole", own, { "iam:PassedToService": "cloudformation.amazonaws.com" }],
  ["passing a role to EC2", "iam:PassRole", own, { "iam:PassedToService": "ec2.amazonaws.com" }],
  ["assuming a foreign role", "sts:AssumeRole", role("admin")],
  ["assuming the role of dev", "sts:AssumeRole", role("pipelines/pipeline-dev-apply")],
  ["access keys", "iam:CreateAccessKey", `arn:aws:iam::${account}:user/prod-admin`],
  ["a user", "iam:CreateUser", `arn:aws:iam::${account}:user/prod-admin`],
  ["a password", "iam:CreateLoginProfile", `arn:aws:iam::${account}:user/prod-admin`],
  ["a policy on a user", "iam:AttachUserPolicy", `arn:aws:iam::${account}:user/prod-admin`],
  ["a policy on a group", "iam:PutGroupPolicy", `arn:aws:iam::${account}:group/prod-admins`],
  ["a member of a group", "iam:AddUserToGroup", `arn:aws:iam::${account}:group/prod-admins`],
  ["an issuer of its own", "iam:CreateOpenIDConnectProvider", `arn:aws:iam::${account}:oidc-provider/example.com`],
  [
    "an audience more",
    "iam:AddClientIDToOpenIDConnectProvider",
    `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
  ],
  ["code of a foreign function", "lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${account}:function:admin`],
  [
    "a foreign function in an event source",
    "lambda:CreateEventSourceMapping",
    "*",
    {
      "lambda:FunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:dev-x`,
      "aws:RequestTag/Environment": "prod",
    },
  ],
  [
    "a linked role of another service",
    "iam:CreateServiceLinkedRole",
    role("aws-service-role/sso.amazonaws.com/x"),
    { "iam:AWSServiceName": "sso.amazonaws.com" },
  ],
];

describe.each(["plan", "apply"] as const)("The role that may %s", (kind) => {
  test.each([...ways])("gets no more by %s", (...[, action, resource, context]) => {
    expect(may(roles[kind], action, resource, context)).toBe(false);
  });
});

describe("The role that applies", () => {
  test("makes and passes roles with the boundary", () => {
    expect(may(roles.apply, "iam:CreateRole", own, boundary)).toBe(true);
    expect(may(roles.apply, "iam:PutRolePolicy", own, boundary)).toBe(true);
    expect(may(roles.apply, "iam:UpdateAssumeRolePolicy", own, boundary)).toBe(true);
    expect(may(roles.apply, "iam:PassRole", own, { "iam:PassedToService": "lambda.amazonaws.com" })).toBe(true);
    expect(may(roles.apply, "iam:CreatePolicy", policy("prod-monthly-stop-denied"))).toBe(true);
  });
});

describe("A role that it makes and that allows everything", () => {
  test("reaches neither IAM, states nor another environment", () => {
    const table = (name: string) => `arn:aws:dynamodb:eu-west-1:${account}:table/${name}`;
    expect(may(made, "dynamodb:PutItem", table("prod-orders"))).toBe(true);
    expect(may(made, "dynamodb:PutItem", table("dev-orders"))).toBe(false);
    expect(may(made, "s3:GetObject", "arn:aws:s3:::example-terraform-state/evenkeel/prod/prod-data.tfstate")).toBe(
      false,
    );
    for (const [, action, resource, context] of ways) {
      expect([action, may(made, action, resource, context)]).toEqual([action, false]);
    }
    expect(may(made, "iam:CreateRole", own, boundary)).toBe(false);
    // What the action of a budget does, and no more: a policy of the environment on a role that has the boundary.
    const attach = (arn: string, context: Context) =>
      may(made, "iam:AttachRolePolicy", own, { "iam:PolicyARN": arn, ...context });
    expect(attach(policy("prod-monthly-stop-denied"), boundary)).toBe(true);
    expect(attach(policy("prod-monthly-stop-denied"), {})).toBe(false);
    expect(attach("arn:aws:iam::aws:policy/AdministratorAccess", boundary)).toBe(false);
    expect(may(made, "iam:PutRolePolicy", own, boundary)).toBe(false);
    expect(may(made, "iam:PassRole", own, { "iam:PassedToService": "lambda.amazonaws.com" })).toBe(false);
  });
});
