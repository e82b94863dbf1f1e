import { patternFault } from "../../../simulator/refusals/demands/event-patterns";
import { policyFault } from "../../../simulator/refusals/demands/policy-documents";
import { isRuleSchedule, isSchedule } from "../../../simulator/refusals/demands/schedules";
import { TestCloud } from "./cloud";

const right = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const policy = (statement: unknown, Version = "2012-10-17") => JSON.stringify({ Version, Statement: statement });

describe("The form of a policy", () => {
  test.each([
    ["is right with one statement", policy(right), undefined],
    ["is right with several", policy([right, { ...right, Effect: "Deny", Action: ["s3:*", "*"] }]), undefined],
    ["is right with what it leaves out", policy({ Effect: "Deny", NotAction: "iam:*", NotResource: "*" }), undefined],
    ["is wrong with another effect", policy({ ...right, Effect: "Maybe" }), "Syntax errors in policy."],
    ["is wrong with another version", policy(right, "2020-01-01"), "Syntax errors in policy."],
    ["is wrong without statements", "{}", "Syntax errors in policy."],
    [
      "is wrong without resources",
      policy({ ...right, Resource: undefined }),
      "Policy statement must contain resources.",
    ],
    ["is wrong without actions", policy({ ...right, Action: undefined }), "Policy statement must contain actions."],
    [
      "is wrong with an action of no service",
      policy({ ...right, Action: "GetObject" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "is wrong with a principal",
      policy({ ...right, Principal: "*" }),
      "Policy document should not specify a principal.",
    ],
  ])("%s", (_title, document, fault) => {
    expect(policyFault(document, "identity")).toBe(fault);
  });

  test("of a trust has principals and no resources", () => {
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
    expect(policyFault(policy(trust), "trust")).toBeUndefined();
    expect(policyFault(policy({ ...trust, Resource: "*" }), "trust")).toBe("Has prohibited field Resource");
  });
});

test("A pattern has lists, or fields that have", () => {
  expect(
    patternFault('{"source":["orders"],"detail":{"state":[{"prefix":"a"}]},"$or":[{"a":["b"]}]}', "'"),
  ).toBeUndefined();
  expect(patternFault('{"detail":{"state":"a"}}', "'")).toBe("'state' must be an object or an array");
  expect(patternFault('{"source":[]}', "'")).toBe("Empty arrays are not allowed");
  expect(patternFault("[]", "'")).toBe("Filter is not an object");
  expect(patternFault("orders", "'")).toBe("Filter is not JSON");
});

test("A schedule is a rate or a cron expression; the scheduler also takes single times", () => {
  for (const expression of ["rate(1 hour)", "rate(5 minutes)", "cron(0 10 * * ? *)"]) {
    expect([isRuleSchedule(expression), isSchedule(expression)]).toEqual([true, true]);
  }
  for (const expression of ["every day", "rate(0 hours)", "cron(0 10 * * *)"]) {
    expect([isRuleSchedule(expression), isSchedule(expression)]).toEqual([false, false]);
  }
  for (const expression of ["rate(1 hours)", "at(2030-01-01T00:00:00)"]) {
    expect([isRuleSchedule(expression), isSchedule(expression)]).toEqual([false, true]);
  }
});

describe("The simulated cloud refuses", () => {
  const creating = (type: string, values: Parameters<TestCloud["creating"]>[1]) =>
    new TestCloud().creating(type, values);

  test("parameters that are named as AWS's own, or with other characters", () => {
    const named = (name: string) => creating("aws_ssm_parameter", { id: name, name, type: "String" });
    expect(named("/prod/orders/page-size")).toBe("");
    expect(named("/aws/mine")).toContain("AccessDeniedException: No access to reserved parameter name: /aws/mine.");
    for (const name of ["ssm-mine", "/ssm/mine", "aws-mine", "/with space"])
      expect(named(name)).toContain("ValidationException: Parameter name: can't be prefixed");
  });

  test("passwords that RDS does not take, without printing them", () => {
    const cluster = (master_password: string) =>
      creating("aws_rds_cluster", {
        id: "c",
        cluster_identifier: "c",
        arn: "c",
        master_username: "owner",
        master_password,
      });
    expect(cluster("long-enough")).toBe("");
    expect(cluster("short")).toContain(
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password",
    );
    expect(cluster("secret/with@signs")).toContain("Only printable ASCII characters besides");
    expect(cluster("secret/with@signs")).not.toContain("with@signs");
  });

  test("an item and a policy of a table that does not exist", () => {
    const arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
    expect(creating("aws_dynamodb_table_item", { id: "i", table_name: "orders" })).toContain(
      "ResourceNotFoundException",
    );
    const policyOf = { id: arn, resource_arn: arn, policy: policy(right) };
    expect(creating("aws_dynamodb_resource_policy", policyOf)).toContain("ResourceNotFoundException");
    const there = new TestCloud().has("aws_dynamodb_table", { id: "orders", name: "orders", arn });
    expect(there.creating("aws_dynamodb_table_item", { id: "i", table_name: "orders" })).toBe("");
    expect(there.creating("aws_dynamodb_resource_policy", policyOf)).toBe("");
  });
});
