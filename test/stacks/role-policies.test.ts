import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import type { DeploymentStack } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { temporaryFolder } from "../support/temporary-folder";

type Tables = NonNullable<EnvironmentInput["tables"]>;

/** Staging at optimization with so many tables with indexes, which its service reads and writes. */
function environmentWith(count: number, homeReplica: boolean): EnvironmentInput {
  const input: EnvironmentInput = structuredClone(staging.input);
  const [table] = input.tables ?? [];
  const [service] = input.services ?? [];
  if (!table || !service) throw new Error("staging has no table or service any more");
  const names = Array.from({ length: count }, (_, at) => `orders-${at}`);
  const uses = names.map((name, at) => [name, { access: "read-write", variable: `TABLE_${at}`, homeReplica }] as const);
  return {
    ...input,
    stage: "optimization",
    tables: [table, ...names.map((name): Tables[number] => ({ ...table, name }))],
    services: [{ ...service, recovery: undefined, tables: { ...service.tables, ...Object.fromEntries(uses) } }],
  };
}

/** The statements of the policies of functions by their stack, as IAM gets them: every reference as long as an ARN. */
function policiesOf(environment: EnvironmentInput): Record<string, { size: number; statements: number }> {
  const app = new App({ outdir: temporaryFolder(), stackTraces: false });
  buildStacks(app, defineEnvironment(environment).resolve());
  const stacks = app.node.children.filter(({ node }) => node.id.includes("-services-")) as DeploymentStack[];
  return Object.fromEntries(
    stacks.map((stack) => {
      stack.prepareStack();
      for (const construct of stack.node.findAll()) construct.node.validate();
      const { resource } = stack.toTerraform() as { resource: Record<string, Record<string, { policy: string }>> };
      const texts = Object.values(resource.aws_iam_role_policy ?? {}).map(({ policy }) => policy);
      const text = texts.find((policy) => policy.includes("dynamodb:")) ?? "";
      const arn = `arn:aws:dynamodb:eu-central-1:${environment.account}:table/staging-orders-10`;
      const written = text.replace(/\$\{[^}]+\}/g, arn);
      return [stack.node.id, { size: written.length, statements: JSON.parse(written).Statement.length }];
    }),
  );
}

describe("The policy of a service's role", () => {
  test("fits with 20 tables with indexes, which it reads and writes", () => {
    const policies = policiesOf(environmentWith(20, false));
    expect(Object.keys(policies)).toEqual(["staging-services-eu-west-1", "staging-services-eu-central-1"]);
    for (const { size } of Object.values(policies)) expect(size).toBeLessThan(10_240);
  });

  test("is joined in the standby region alone, where it needs the tables of the home region as well", () => {
    const { "staging-services-eu-west-1": home, "staging-services-eu-central-1": standby } = policiesOf(
      environmentWith(9, true),
    );
    expect(standby?.size).toBeLessThan(10_240);
    expect(standby?.statements).toBeLessThan(home?.statements ?? 0);
  });
});
