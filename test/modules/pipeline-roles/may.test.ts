import { readsOfContent } from "../../../modules/pipeline-roles/scopes";
import {
  allActions,
  bundleKeyArn,
  type Context,
  githubRoles,
  may,
  type Role,
  roleOf,
  servicesIn,
  statesOf,
  synthesizedRoles,
} from "./roles";

const resources = synthesizedRoles(githubRoles("prod", "dev"));
const plan = roleOf(resources, "prod", "plan");
const apply = roleOf(resources, "prod", "apply");

/** What a request for a resource of an environment may bring along; the tags of the request as whoever asks would have them. */
const contextsOf = (owner: string): Context[] =>
  [undefined, owner, "prod"].map((given) => ({
    "aws:ResourceTag/Environment": owner,
    ...(given && { "aws:RequestTag/Environment": given, "aws:TagKeys": ["Environment"] }),
    "kms:ViaService": "s3.eu-north-1.amazonaws.com",
    "kms:GrantIsForAWSResource": "true",
    "iam:PassedToService": "lambda.amazonaws.com",
    "iam:PermissionsBoundary": `arn:aws:iam::444444444444:policy/pipelines/pipeline-prod-boundary`,
    "iam:AWSServiceName": "rds.amazonaws.com",
    "s3:prefix": `evenkeel/${owner}/x`,
    "lambda:FunctionArn": `arn:aws:lambda:eu-west-1:444444444444:function:${owner}-x`,
  }));

/** The changes that a role may make of resources whose names begin with some text. */
async function changesOf(role: Role, owner: string, contexts = contextsOf(owner), services = servicesIn(role)) {
  const possible = (await allActions(services, owner)).filter(({ changes }) => changes);
  expect(possible.length).toBeGreaterThan(1000);
  return possible
    .filter(({ action, arns }) => arns.some((arn) => contexts.some((context) => may(role, action, arn, context))))
    .map(({ action }) => action);
}

describe("The role that plans", () => {
  test("can do no single change of all actions of its services, beside locks and keys", async () => {
    expect(await changesOf(plan, "prod")).toEqual(["kms:Decrypt"]);
  });

  test("locks states and encrypts bundles, and no more", () => {
    const { bucket, kmsKeyArn } = statesOf("prod");
    const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`;
    const lock = object("evenkeel/prod/prod-data.tfstate.tflock");
    const state = object("evenkeel/prod/prod-data.tfstate");
    const inS3 = { "kms:ViaService": "s3.eu-north-1.amazonaws.com" };
    expect(["s3:PutObject", "s3:DeleteObject", "s3:GetObject"].map((action) => may(plan, action, lock))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["s3:PutObject", "s3:DeleteObject", "s3:GetObject"].map((action) => may(plan, action, state))).toEqual([
      false,
      false,
      true,
    ]);
    expect(may(plan, "s3:PutObject", object("evenkeel/prod/prod.rollout-lock.json"))).toBe(false);
    expect(may(plan, "s3:GetObject", object("evenkeel/dev/dev-data.tfstate"))).toBe(false);
    expect(may(plan, "s3:PutObject", object("evenkeel/dev/dev-data.tfstate.tflock"))).toBe(false);
    expect(may(plan, "kms:GenerateDataKey", bundleKeyArn)).toBe(true);
    expect(may(plan, "kms:Decrypt", bundleKeyArn)).toBe(false);
    expect(may(plan, "kms:Decrypt", kmsKeyArn, inS3)).toBe(true);
    expect(may(plan, "kms:Decrypt", kmsKeyArn)).toBe(false);
    expect(may(plan, "kms:ScheduleKeyDeletion", kmsKeyArn, inS3)).toBe(false);
  });
});

describe("The role that applies previews", () => {
  const { environments, ...rest } = githubRoles("prod", "pr");
  const config = { ...rest, environments: environments.map((each) => ({ ...each, previews: each.name === "pr" })) };
  const previews = roleOf(synthesizedRoles(config), "pr", "apply");

  test.each(["prod", "prx-7"])("changes nothing of %s in the same account", async (owner) => {
    expect(await changesOf(previews, owner)).toEqual([]);
  });

  test("changes of each preview what the role of an environment changes of it", async () => {
    const before = (await changesOf(apply, "prod")).filter((action) => !action.startsWith("iam:"));
    const contexts = contextsOf("pr-7").map((context) => ({
      ...context,
      ...("aws:RequestTag/Environment" in context && { "aws:RequestTag/Environment": "pr-7" }),
      "s3:prefix": "evenkeel/pr/x",
    }));
    const now = (await changesOf(previews, "pr-7", contexts)).filter((action) => !action.startsWith("iam:"));
    expect(now).toEqual(expect.arrayContaining(["dynamodb:DeleteTable", "ec2:DeleteVpc", "kms:ScheduleKeyDeletion"]));
    expect(before.filter((action) => !now.includes(action))).toEqual([]);
  });

  test("makes roles only with the boundary of previews, and passes no other", () => {
    const role = "arn:aws:iam::444444444444:role/pr-7-orders-eu-west-1";
    const boundary = (name: string) => ({
      "iam:PermissionsBoundary": `arn:aws:iam::444444444444:policy/pipelines/pipeline-${name}-boundary`,
      "aws:RequestedRegion": "us-east-1",
    });
    expect(may(previews, "iam:CreateRole", role, boundary("pr"))).toBe(true);
    expect(may(previews, "iam:CreateRole", role, boundary("prod"))).toBe(false);
    expect(may(previews, "iam:CreateRole", role.replace("pr-7", "prod"), boundary("pr"))).toBe(false);
    const lambda = { "iam:PassedToService": "lambda.amazonaws.com", "aws:RequestedRegion": "us-east-1" };
    expect(may(previews, "iam:PassRole", role, lambda)).toBe(true);
    expect(may(previews, "iam:PassRole", role.replace("pr-7", "prod"), lambda)).toBe(false);
  });
});

describe("The role that applies prod", () => {
  test.each(["dev", "prodigy"])("changes nothing of %s in the same account", async (owner) => {
    expect(await changesOf(apply, owner)).toEqual([]);
  });

  test("reads no content of dev", () => {
    const arns: Readonly<Record<string, string>> = {
      s3: "arn:aws:s3:::dev-x/dev-x",
      lambda: "arn:aws:lambda:eu-west-1:444444444444:function:dev-x",
      secretsmanager: "arn:aws:secretsmanager:eu-west-1:444444444444:secret:dev-x",
      ssm: "arn:aws:ssm:eu-west-1:444444444444:parameter/dev/x",
    };
    for (const action of readsOfContent) {
      const arn = arns[action.split(":")[0] ?? ""] ?? "";
      expect([action, may(apply, action, arn, contextsOf("dev")[0])]).toEqual([action, false]);
      expect([action, may(plan, action, arn, contextsOf("dev")[0])]).toEqual([action, false]);
    }
  });

  test("changes nothing in other regions", () => {
    const table = "arn:aws:dynamodb:ap-south-1:444444444444:table/prod-orders";
    expect(may(apply, "dynamodb:DeleteTable", table, { "aws:RequestedRegion": "ap-south-1" })).toBe(false);
    expect(may(apply, "dynamodb:DeleteTable", table.replace("ap-south-1", "eu-west-1"))).toBe(true);
  });

  test("keeps to its own prefix of the states", () => {
    const object = (key: string) => `arn:aws:s3:::example-terraform-state/${key}`;
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
      expect(may(apply, action, object("evenkeel/prod/prod-data.tfstate"))).toBe(true);
      expect(may(apply, action, object("evenkeel/dev/dev-data.tfstate"))).toBe(false);
      expect(may(apply, action, object("evenkeel/prodigy/x.tfstate"))).toBe(false);
    }
    const list = (prefix: string) =>
      may(apply, "s3:ListBucket", "arn:aws:s3:::example-terraform-state", { "s3:prefix": prefix });
    expect([list("evenkeel/prod/prod-data.tfstate"), list("evenkeel/dev/"), list("")]).toEqual([true, false, false]);
    expect(may(apply, "s3:DeleteBucket", "arn:aws:s3:::example-terraform-state")).toBe(false);
    expect(may(apply, "s3:DeleteObjectVersion", object("evenkeel/prod/prod-data.tfstate"))).toBe(false);
  });

  test("takes over no resource of another environment by tagging it", () => {
    const vpc = "arn:aws:ec2:eu-west-1:444444444444:vpc/vpc-1";
    const mine = { "aws:RequestTag/Environment": "prod", "aws:TagKeys": ["Environment"] };
    expect(may(apply, "ec2:CreateTags", vpc, mine)).toBe(true);
    expect(may(apply, "ec2:CreateTags", vpc, { ...mine, "aws:ResourceTag/Environment": "dev" })).toBe(false);
  });

  test("is denied what IAM can hold to no environment, and allowed it where it is alone or says why", () => {
    const allowed = (role: Role) =>
      may(role, "route53:DeleteHealthCheck", "arn:aws:route53:::healthcheck/1", { "aws:RequestedRegion": "us-east-1" });
    expect(allowed(apply)).toBe(false);
    expect(allowed(roleOf(synthesizedRoles(githubRoles("prod")), "prod", "apply"))).toBe(true);
    const { environments, ...rest } = githubRoles("prod", "dev");
    const said = environments.map((each) => ({ ...each, unscoped: { reason: "one team owns both of them" } }));
    expect(allowed(roleOf(synthesizedRoles({ ...rest, environments: said }), "prod", "apply"))).toBe(true);
  });
});
