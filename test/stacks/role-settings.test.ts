import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { defineEnvironment, stages } from "../../config";
import prod from "../../environments/prod";
import project from "../../evenkeel.config";
import { ServiceRole, trustPolicy } from "../../modules/core";
import { synthesizedStacks } from "../frozen/synthesize";
import { mistakesOf } from "../support/mistakes";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

const boundaryIn = (account: string) => `arn:aws:iam::${account}:policy/platform-boundary`;

type Role = readonly [address: string, attributes: Readonly<Record<string, unknown>>];

/** Every role of an environment at a stage, by its stack and address. */
function rolesOf(input: object, stage: (typeof stages)[number], iam: object): Role[] {
  const environment = defineEnvironment({ ...input, iam } as never);
  return synthesizedStacks(environment, { stage }, outdir).flatMap(({ name, terraform }) =>
    Object.entries(terraform.resource?.aws_iam_role ?? {}).map(
      ([address, role]): Role => [`${name}: ${address}`, role],
    ),
  );
}

const environments = [...project.environments, pgbouncerEnvironment].map(
  ({ input }, index) => [`${input.name} ${index}`, input] as const,
);

describe("The permissions boundary and the path of an environment's roles", () => {
  test.each(environments)("are on every role of %s at every stage", (_name, input) => {
    const iam = { permissionsBoundaryArn: boundaryIn(input.account), rolePath: "/platform/" };
    for (const stage of stages) {
      const roles = rolesOf(input, stage, iam);
      expect(roles.length).toBeGreaterThan(0);
      const without = roles.filter(
        ([, role]) => role.permissions_boundary !== iam.permissionsBoundaryArn || role.path !== iam.rolePath,
      );
      expect(without).toEqual([]);
    }
  });

  test("are on the roles of a team's stacks, however they are made, unless they have their own", () => {
    const iam = { permissionsBoundaryArn: boundaryIn(prod.input.account), rolePath: "/platform/" };
    const environment = defineEnvironment(
      { ...prod.input, iam },
      {
        stacks: (built) => {
          const stack = built.stack("jobs");
          const role = {
            provider: stack.providers.in("eu-west-1"),
            assumeRolePolicy: trustPolicy({ Service: "lambda.amazonaws.com" }),
          };
          new IamRole(stack, "plain", role);
          new IamRole(stack, "own", { ...role, path: "/jobs/", permissionsBoundary: boundaryIn("aws") });
          new ServiceRole(stack, "service", {
            region: "eu-west-1",
            nameParts: ["prod-jobs"],
            trust: trustPolicy({ Service: "lambda.amazonaws.com" }),
            policyName: "jobs",
            statements: [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:123456789012:jobs"] }],
          });
        },
      },
    );
    const stack = synthesizedStacks(environment, { stage: "foundation" }, outdir).find(({ name }) =>
      /jobs$/.test(name),
    );
    const roles = Object.entries(stack?.terraform.resource?.aws_iam_role ?? {});
    const found = roles.map(([address, { path, permissions_boundary }]) => [address, path, permissions_boundary]);
    expect(found.sort()).toEqual([
      ["own", "/jobs/", boundaryIn("aws")],
      ["plain", "/platform/", iam.permissionsBoundaryArn],
      ["service_role", "/platform/", iam.permissionsBoundaryArn],
    ]);
  });

  test.each(environments)("are on no role of %s that names none", (_name, input) => {
    const roles = rolesOf(input, "optimization", {});
    expect(roles.filter(([, role]) => "permissions_boundary" in role || "path" in role)).toEqual([]);
  });

  test("are of the account and the partition of the environment, or AWS's own", () => {
    const at = (permissionsBoundaryArn: string) =>
      mistakesOf((environment) => {
        environment.iam = { permissionsBoundaryArn };
      });
    expect(at("arn:aws:iam::999999999999:policy/b")).toEqual([
      expect.stringMatching(/^iam\.permissionsBoundaryArn: is a policy in another account/),
    ]);
    expect(at("arn:aws-cn:iam::aws:policy/PowerUserAccess")).toEqual([
      expect.stringMatching(/^iam\.permissionsBoundaryArn: is a policy in the partition aws-cn/),
    ]);
    expect(at("arn:aws:iam::aws:policy/PowerUserAccess")).toEqual([]);
    expect(at("arn:aws:iam::999999999999:role/b")).toEqual([
      expect.stringMatching(/^iam\.permissionsBoundaryArn: is not the ARN of an IAM policy/),
    ]);
  });

  test.each([
    ["platform", /is not an IAM path/],
    ["/platform", /is not an IAM path/],
    ["/", /is not an IAM path/],
    ["/a//b/", /is not an IAM path/],
    ["/aws-service-role/x/", /AWS keeps/],
  ])("refuse the path %s", (rolePath, message) => {
    const mistakes = mistakesOf((environment) => {
      environment.iam = { rolePath };
    });
    expect(mistakes).toEqual([expect.stringMatching(message)]);
  });
});
