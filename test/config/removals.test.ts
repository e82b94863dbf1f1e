import { defineEnvironment, defineProject, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import staging from "../../environments/staging";

const removal = {
  stack: "prod-data",
  address: "aws_dynamodb_table.shipments_table",
  reason: "shipments are in the table orders by now",
  expires: "2026-01-31",
};

describe("The acknowledged removals of a project", () => {
  const acknowledging = defineEnvironment({ ...prod.input, acknowledgedRemovals: [removal] });
  const broken = (input: object) => defineEnvironment({ ...staging.input, ...input } as EnvironmentInput);

  test("are those of the environments whose stacks are checked", () => {
    const project = defineProject({ environments: [staging, acknowledging] });
    expect(project.acknowledgedRemovalsIn(["prod-keys", "prod-data"])).toEqual([removal]);
    expect(project.acknowledgedRemovalsIn(["staging-data"])).toEqual([]);
    expect(project.acknowledgedRemovalsIn(["production-data"])).toEqual([]);
  });

  test.each([
    "aws_dynamodb_table.orders_table.ttl",
    "aws_cloudwatch_log_group.orders_function_log-group.retention_in_days",
    "aws_cloudfront_distribution.site.viewer_certificate.minimum_protocol_version",
    'module.data.aws_db_parameter_group.a["x"].parameter["rds.force_ssl"]',
    'output.stacks-of-environment["prod-edge"]',
  ])("are of arguments, parts and stacks too: %s", (address) => {
    const environment = defineEnvironment({ ...prod.input, acknowledgedRemovals: [{ ...removal, address }] });
    expect(environment.acknowledgedRemovals).toMatchObject([{ address }]);
  });

  test("are read although something else of the file is wrong, as a gate must not fail for that", () => {
    const project = defineProject({
      environments: [broken({ stage: "hardning", acknowledgedRemovals: [{ ...removal, stack: "staging-data" }] })],
    });
    expect(project.acknowledgedRemovalsIn(["staging-data"])).toHaveLength(1);
  });

  test("are refused with their path when they are wrong themselves, for the stacks of that environment alone", () => {
    const project = defineProject({
      environments: [broken({ acknowledgedRemovals: [{ ...removal, expires: "soon" }] }), acknowledging],
    });
    expect(() => project.acknowledgedRemovalsIn(["staging-data"])).toThrow(
      /acknowledgedRemovals[\s\S]*\[0\]\.expires: is not a date; write it like 2027-01-31/,
    );
    expect(project.acknowledgedRemovalsIn(["prod-data"])).toEqual([removal]);
  });
});

describe("The acknowledged findings of a project", () => {
  const finding = { ...removal, rule: "no-public-storage", stack: "prod-edge", address: "aws_s3_bucket_acl.site.acl" };
  const acknowledging = defineEnvironment({ ...prod.input, acknowledgedFindings: [finding] });

  test("are those of the environments whose stacks are checked, whatever else is wrong with the file", () => {
    const broken = defineEnvironment({
      ...staging.input,
      stage: "hardning",
      acknowledgedFindings: [{ ...finding, stack: "staging-edge" }],
    } as unknown as EnvironmentInput);
    const project = defineProject({ environments: [broken, acknowledging] });
    expect(project.acknowledgedFindingsIn(["prod-keys", "prod-edge"])).toEqual([finding]);
    expect(project.acknowledgedFindingsIn(["staging-edge"])).toHaveLength(1);
    expect(project.acknowledgedFindingsIn(["production-edge"])).toEqual([]);
  });

  test.each([
    'provider["registry.terraform.io/hashicorp/aws"]',
    "data.aws_iam_policy_document.a.statement",
    "main.tf:3",
  ])("have addresses of other things than resources too: %s", (address) => {
    const environment = defineEnvironment({ ...prod.input, acknowledgedFindings: [{ ...finding, address }] });
    expect(environment.acknowledgedFindings).toMatchObject([{ address }]);
  });
});

describe("The accepted drift of an environment", () => {
  const entry = {
    stack: "prod-data",
    address: "aws_dynamodb_table.orders_table",
    attribute: "deletion_protection_enabled",
    reason: "Switched off for the move of Monday",
    expires: new Date().toISOString().slice(0, 10),
  };
  const accepting = (...acceptedDrift: readonly (typeof entry)[]) =>
    defineEnvironment({ ...prod.input, acceptedDrift });

  test("is of its own stacks, each argument of an address once", () => {
    expect(accepting(entry, { ...entry, attribute: "tags" }).parse().acceptedDrift).toHaveLength(2);
    expect(() => accepting({ ...entry, stack: "staging-data" }).parse()).toThrow(
      /acceptedDrift\[0\]\.stack: is not a stack of this environment; its stacks begin with prod-/,
    );
    expect(() => accepting(entry, entry).parse()).toThrow(
      /acceptedDrift\[1\]\.address: is accepted by acceptedDrift\[0\] already/,
    );
  });
});
