import { join } from "node:path";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import {
  DeploymentStack,
  denyWithoutTls,
  deploymentStackOf,
  GrantedRole,
  joinStatements,
  PolicyError,
  type PolicyStatement,
  policyDocument,
  readWildcards,
  trustPolicy,
} from "../../../modules/core";
import { testApp } from "../../support/synth";

const account = "123456789012";
const region = "eu-west-1";

/** What stands beside a stack. */
function besideOf(build: (stack: DeploymentStack) => void) {
  const app = testApp();
  build(new DeploymentStack(app, "test", { regions: [region], account, tags: {} }));
  app.synth();
  return readWildcards(join(app.outdir, "stacks", "test"));
}

const traces = { sid: "Traces", actions: ["xray:PutTraceSegments"], resources: ["*"] };
const reason = "X-Ray has no resources.";

describe("A statement that names everything", () => {
  test.each<[string, PolicyStatement, string]>([
    [
      "resource",
      traces,
      'the policy statement Traces, Allow xray:PutTraceSegments: names every resource by * without a reason; name the resources, or say in a sentence why not in wildcards: { resource: "..." }',
    ],
    ["resource among others", { ...traces, resources: ["arn:aws:s3:::logs", "*"] }, "names every resource"],
    [
      "action",
      { actions: ["*"], resources: ["arn:aws:s3:::logs"] },
      "names every action by * without a reason; list the actions",
    ],
    [
      "action of a service",
      { actions: ["s3:GetObject", "s3:*"], resources: ["arn:aws:s3:::logs"] },
      "names every action",
    ],
    [
      "action that it denies",
      { effect: "Deny", actions: ["s3:*"], resources: ["arn:aws:s3:::logs"] },
      "names every action",
    ],
    [
      "principal",
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::logs"], principals: "*" },
      "names every principal by * without a reason; name the principals",
    ],
    [
      "account",
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::logs"], principals: { AWS: ["*"] } },
      "names every principal",
    ],
    ["resource, with a reason without words", { ...traces, wildcards: { resource: "-" } }, "names every resource"],
    ["resource, with one word as a reason", { ...traces, wildcards: { resource: "needed" } }, "names every resource"],
  ])("as %s is refused without a reason", (_what, statement, message) => {
    expect(() => policyDocument([statement])).toThrow(PolicyError);
    expect(() => policyDocument([statement])).toThrow(message);
  });

  test("is refused as a trust policy for everybody", () => {
    expect(() => trustPolicy("*")).toThrow("names every principal by * without a reason");
    expect(() => trustPolicy("*", undefined, { principal: "Nobody else is there." })).not.toThrow();
  });

  test("is refused when it is granted to a role, before anything is synthesized", () => {
    besideOf((stack) => {
      const role = new GrantedRole(stack, "role", { region, roleName: "deploy", policyName: "deploy" });
      expect(() => role.addToRolePolicy(traces)).toThrow("names every resource by * without a reason");
      role.addToRolePolicy({ ...traces, wildcards: { resource: reason } });
    });
  });

  test("is not what an ARN or an action with a * at its end is", () => {
    const narrow = {
      actions: ["s3:Get*"],
      resources: ["arn:aws:s3:::logs/*"],
      principals: { AWS: `arn:aws:iam::${account}:root` },
    };
    expect(() => policyDocument([narrow])).not.toThrow();
    expect(() => policyDocument([{ ...narrow, wildcards: { resource: reason } }])).toThrow(
      "has a reason for every resource, but names none by *; remove resource from its wildcards",
    );
  });
});

describe("The reason for a wildcard", () => {
  test("stands beside the stack, by address, and not in the policy", () => {
    const found = besideOf((stack) => {
      new GrantedRole(stack, "role", {
        region,
        roleName: "deploy",
        policyName: "deploy",
        statements: [{ ...traces, wildcards: { resource: reason } }],
      });
      expect(policyDocument([{ ...traces, wildcards: { resource: reason } }])).not.toContain("reason");
    });
    expect(found).toEqual([
      {
        address: "aws_iam_role_policy.role_policy",
        sid: "Traces",
        effect: "Allow",
        actions: traces.actions,
        every: "resource",
        reason,
      },
    ]);
  });

  test("is that of the role, where two say the same with another reason", () => {
    const found = besideOf((stack) => {
      for (const name of ["first", "second"]) {
        const role = new GrantedRole(stack, name, { region, roleName: name, policyName: "traces" });
        role.addToRolePolicy({ actions: traces.actions, resources: ["*"], wildcards: { resource: `It is ${name}.` } });
      }
    });
    expect(found.map(({ reason: given }) => given)).toEqual(["It is first.", "It is second."]);
  });

  test("does not make one statement two", () => {
    const found = besideOf((stack) => {
      const role = new GrantedRole(stack, "role", { region, roleName: "role", policyName: "traces" });
      role.addToRolePolicy({ ...traces, wildcards: { resource: "Said once." } });
      role.addToRolePolicy({ ...traces, wildcards: { resource: "Said twice." } });
    });
    expect(found).toHaveLength(1);
    const joined = joinStatements([
      { actions: ["s3:GetObject"], resources: ["*"], wildcards: { resource: reason } },
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::logs"] },
    ]);
    expect(joined).toHaveLength(1);
    expect(() => policyDocument(joined)).not.toThrow();
  });

  test("is missing for a policy that is written by hand, which is found all the same", () => {
    const found = besideOf((stack) => {
      new IamRolePolicy(stack, "by-hand", {
        provider: stack.providers.in(region),
        role: "deploy",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: { Sid: "Anything", Effect: "Allow", Action: "sqs:*", Resource: "*" },
        }),
      });
    });
    expect(found).toEqual([
      { address: "aws_iam_role_policy.by-hand", sid: "Anything", effect: "Allow", actions: ["sqs:*"], every: "action" },
      {
        address: "aws_iam_role_policy.by-hand",
        sid: "Anything",
        effect: "Allow",
        actions: ["sqs:*"],
        every: "resource",
      },
    ]);
  });

  test("is given by the statement that denies requests without TLS", () => {
    const statement = denyWithoutTls({ sid: "RequireTls", actions: ["s3:*"], resources: ["*"] });
    expect(Object.keys(statement.wildcards ?? {}).sort()).toEqual(["action", "principal", "resource"]);
    expect(
      denyWithoutTls({ sid: "RequireTls", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a"] }).wildcards,
    ).toEqual({
      principal: expect.stringContaining("TLS"),
    });
  });

  test("stands beside a stack of another class that holds modules", () => {
    const app = testApp();
    const stack = new TerraformStack(app, "test");
    new AwsProvider(stack, "aws", { region, allowedAccountIds: [account] });
    deploymentStackOf(stack);
    new IamRolePolicy(stack, "traces", {
      role: "deploy",
      policy: policyDocument([{ ...traces, wildcards: { resource: reason } }]),
    });
    app.synth();
    expect(readWildcards(join(app.outdir, "stacks", "test")).map((each) => each.reason)).toEqual([reason]);
    expect(readWildcards(app.outdir)).toEqual([]);
  });
});
