import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { awsProviderRequirement } from "../../modules/core";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";

beforeEach(() => {
  jest.replaceProperty(awsProviderRequirement as { version: string }, "version", "6.25.0");
});
afterEach(() => jest.restoreAllMocks());

/** Every resource of prod at optimization, by the first part of its address. */
function built(change: Partial<EnvironmentInput>) {
  const environment = defineEnvironment({ ...prod.input, ...change });
  const stacks = synthesizedStacks(environment, { stage: "optimization" }, temporaryFolder());
  const all = stacks.flatMap((stack) => [...resourcesOf(stack)]);
  return (type: string) => all.filter(([address]) => address.startsWith(`${type}.`));
}

describe("With AWS provider 6", () => {
  test.each([true, false])("log groups of all stacks say whether they are protected: %s", (isProtected) => {
    const groups = built({ logGroupDeletionProtection: isProtected })("aws_cloudwatch_log_group");
    expect(groups.length).toBeGreaterThan(10);
    for (const [, group] of groups) expect(group.deletion_protection_enabled).toBe(isProtected);
  });

  test("log groups are as they were where the environment does not say", () => {
    for (const [, group] of built({})("aws_cloudwatch_log_group")) {
      expect(group).not.toHaveProperty("deletion_protection_enabled");
    }
  });

  test("a database whose proxies log in by IAM has no secrets of users, and nothing that rotates them", () => {
    const databases = (prod.input.databases ?? []).map((database) => ({
      ...database,
      proxy: { ...database.proxy, authentication: "iam" as const },
    }));
    const of = built({ databases });
    expect(of("aws_db_proxy").map(([, proxy]) => [proxy.default_auth_scheme, proxy.auth])).toEqual([
      ["IAM_AUTH", []],
      ["IAM_AUTH", []],
      ["IAM_AUTH", []],
      ["IAM_AUTH", []],
    ]);
    const ofUsers = (type: string) => of(type).filter(([address]) => address.includes("user-"));
    expect(ofUsers("aws_secretsmanager_secret")).toEqual([]);
    expect(of("aws_secretsmanager_secret_rotation")).toEqual([]);
    const policies = of("aws_iam_role_policy").filter(([address]) => address.includes("_proxy-"));
    expect(policies.map(([, { policy }]) => policy)).toEqual([
      expect.stringMatching(/rds-db:connect.*dbuser:.*cluster_resource_id.*\/ledger_service/),
      expect.stringMatching(/rds-db:connect.*dbuser:.*cluster_resource_id.*\/ledger_service/),
      expect.stringMatching(/rds-db:connect.*dbuser:.*cluster_resource_id.*\/stock_service/),
      expect.stringMatching(/rds-db:connect.*dbuser:.*cluster_resource_id.*\/stock_service/),
    ]);
  });
});
