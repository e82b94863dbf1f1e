import type { PipelineRolesInput } from "../../../modules/pipeline-roles";
import { policyLimits } from "../../../modules/pipeline-roles/split-policies";
import { environmentOf, githubRoles, may, roleOf, statesOf, synthesizedRoles } from "./roles";

const trustOf = (config: PipelineRolesInput, kind: string) => {
  const { aws_iam_role: roles = {} } = synthesizedRoles(config);
  return JSON.parse(
    String(
      roles[`pipelines_prod_${kind}_role`]?.assumeRolePolicy ??
        roles[`pipelines_prod_${kind}_role`]?.assume_role_policy,
    ),
  ).Statement;
};

const gitlab: PipelineRolesInput = {
  oidc: { host: "gitlab", project: "group/sub/shop" },
  environments: [environmentOf("prod")],
};
const issuer = "token.actions.githubusercontent.com";

describe("PipelineRoles", () => {
  test("trusts pull requests and the main branch to plan, and the protected environment to apply", () => {
    expect(trustOf(githubRoles("prod"), "plan")).toMatchObject([
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: ["repo:example/shop:pull_request", "repo:example/shop:ref:refs/heads/main"],
          },
        },
      },
    ]);
    expect(trustOf(githubRoles("prod"), "apply")).toMatchObject([
      { Condition: { StringEquals: { [`${issuer}:sub`]: ["repo:example/shop:environment:prod"] } } },
    ]);
    expect(trustOf(gitlab, "apply")).toMatchObject([
      { Condition: { StringEquals: { "gitlab.com:sub": ["project_path:group/sub/shop:ref_type:branch:ref:main"] } } },
    ]);
  });

  test("refuses a wildcard in a subject without a reason, and one for every repository", () => {
    const plan = (subject: string, reason?: string) => () =>
      synthesizedRoles({
        ...githubRoles(),
        environments: [{ ...environmentOf("prod"), plan: { subjects: [{ subject, reason }] } }],
      });
    expect(plan("repo:example/shop:*")).toThrow("has a wildcard, which trusts whatever it matches");
    expect(plan("*", "whatever comes along")).toThrow("begins with a wildcard");
    expect(plan("repo:example/shop:ref:refs/heads/release-*", "releases have a branch each")).not.toThrow();
  });

  test("refuses environments that would reach each other", () => {
    expect(() => synthesizedRoles(githubRoles("prod", "prod-eu"))).toThrow('begins with the name of "prod"');
    const same = [environmentOf("prod"), { ...environmentOf("dev"), states: environmentOf("prod").states }];
    expect(() => synthesizedRoles({ ...githubRoles(), environments: same })).toThrow(
      "give each environment a prefix of its own",
    );
    const path = [{ ...environmentOf("prod"), rolePath: "/pipelines/" }];
    expect(() => synthesizedRoles({ ...githubRoles(), environments: path })).toThrow("is that of the pipelines");
  });

  test("makes the provider without thumbprints, or takes the one that is there", () => {
    expect(synthesizedRoles(githubRoles("prod")).aws_iam_openid_connect_provider).toMatchObject({
      pipelines_oidc: { url: `https://${issuer}`, client_id_list: ["sts.amazonaws.com"] },
    });
    const existingProviderArn = `arn:aws:iam::444444444444:oidc-provider/${issuer}`;
    const existing = {
      ...githubRoles("prod"),
      oidc: { host: "github", repository: "example/shop", existingProviderArn },
    } as const;
    expect(synthesizedRoles(existing).aws_iam_openid_connect_provider).toBeUndefined();
    expect(trustOf(existing, "plan")).toMatchObject([{ Principal: { Federated: existingProviderArn } }]);
  });

  test("keeps to the limits of IAM with everything that an environment can have", () => {
    const most = {
      ...environmentOf("a-long-name-1234"),
      regions: ["eu-west-1", "eu-central-1", "eu-west-2", "us-east-1", "us-west-2"] as const,
      states: ["eu-north-1", "eu-west-3"].map((region) => ({
        ...statesOf("a-long-name-1234"),
        region: region as "eu-north-1",
      })),
    };
    const { aws_iam_policy: policies = {}, aws_iam_role_policy_attachment: attached = {} } = synthesizedRoles({
      ...githubRoles(),
      environments: [most],
    });
    const sizes = Object.values(policies).map(({ policy }) => String(policy).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(policyLimits.characters);
    const ofApply = Object.keys(attached).filter((id) => id.includes("_apply_"));
    expect(ofApply.length).toBeGreaterThan(1);
    expect(ofApply.length).toBeLessThanOrEqual(policyLimits.policiesOfRole);
  });

  test("is noticed to be broken: a statement more lets its role do what it must not", () => {
    const role = roleOf(synthesizedRoles(githubRoles("prod", "dev")), "prod", "apply");
    const more = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "dynamodb:DeleteTable", Resource: "*" }],
    };
    const table = "arn:aws:dynamodb:eu-west-1:444444444444:table/dev-orders";
    expect(may(role, "dynamodb:DeleteTable", table)).toBe(false);
    expect(may({ ...role, policies: [...role.policies, more] }, "dynamodb:DeleteTable", table)).toBe(true);
    // What the boundary denies, no statement allows.
    const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const own = "arn:aws:iam::444444444444:role/prod-orders";
    expect(may({ ...role, policies: [all] }, "iam:CreateRole", own)).toBe(false);
    expect(may({ ...role, policies: [all], boundary: all }, "iam:CreateRole", own)).toBe(true);
  });
});
