import {
  identityPolicy,
  inlinePolicy,
  type ResourcePolicyService,
  resourcePolicy,
  resourcePolicyLimits,
  trustPolicy,
} from "../../../values/languages";
import { told } from "./random";

type Statement = Readonly<Record<string, unknown>>;

const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
const read: Statement = { Effect: "Allow", Action: "dynamodb:GetItem", Resource: table };
const assume: Statement = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
const send: Statement = {
  Effect: "Allow",
  Principal: { AWS: "123456789012" },
  Action: "sqs:SendMessage",
  Resource: "*",
};

/** A variable of IAM or a reference of Terraform, which are written alike. */
const variable = (name: string) => `\${${name}}`;

const policy = (...statements: readonly unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("A policy of a role", () => {
  // Most are from https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_examples.html.
  test.each<Statement>([
    read,
    { ...read, Sid: "ReadOrders2" },
    { ...read, Action: ["dynamodb:Get*", "dynamodb:BatchGet?tem"], Resource: [table, `${table}/index/*`] },
    { ...read, Effect: "Deny", Action: undefined, NotAction: ["iam:*", "sts:*"], Resource: "*" },
    { ...read, Action: "*", Resource: undefined, NotResource: ["arn:aws:s3:::HRBucket/*"] },
    { ...read, Resource: `${variable("aws_dynamodb_table.orders.arn")}/index/*` },
    { ...read, Resource: `arn:aws:s3:::home/${variable("aws:username")}/*`, Action: "s3:GetObject" },
    { ...read, Resource: "arn:*:dynamodb:*:*:table/*" },
    { ...read, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, Null: { "aws:TokenIssueTime": "false" } } },
    { ...read, Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": true } } },
    { ...read, Condition: { DateGreaterThan: { "aws:CurrentTime": "2020-04-01T00:00:00Z" } } },
    { ...read, Condition: { DateLessThan: { "aws:EpochTime": "1785542400" } } },
    { ...read, Condition: { NumericLessThanEquals: { "s3:max-keys": "10" } } },
    { ...read, Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.7", "2001:db8::/32"] } } },
    {
      ...read,
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${variable("cognito-identity.amazonaws.com:sub")}*`] },
      },
    },
    { ...read, Condition: { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": ["a"] } } },
    { ...read, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:123456789012:*" } } },
    { ...read, Condition: { BinaryEquals: { "key:name": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } } },
    { ...read, Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:a/b" } } },
  ])("may have the statement %j", (statement) => expect(identityPolicy(policy(statement))).toBeUndefined());

  test.each<readonly [Statement, string]>([
    [
      { ...read, Principal: "*" },
      "its statement 1 has Principal, which a policy of a role, user or group does not allow",
    ],
    [{ ...read, NotPrincipal: { AWS: "123456789012" } }, "has NotPrincipal, which a policy of a role"],
    [{ ...read, Effect: "allow" }, "has the invalid Effect allow; write Allow or Deny"],
    [{ ...read, Effect: undefined }, "has no Effect"],
    [
      { ...read, Sid: "Read orders" },
      "its statement Read orders has the invalid Sid Read orders; use letters and digits",
    ],
    [{ ...read, Actions: "x" }, "has the unknown element Actions; did you mean Action?"],
    [{ ...read, Action: undefined }, "has no Action; add it"],
    [{ ...read, NotAction: "s3:*" }, "has Action and NotAction; use one of them"],
    [{ ...read, Action: [] }, "has an empty list as Action"],
    [{ ...read, Action: [5] }, "has an Action that is not a string"],
    [{ ...read, Action: "GetItem" }, "has the invalid action GetItem; write it as service:Action"],
    [{ ...read, Action: "dynamodb:" }, "has the invalid action dynamodb:; write"],
    [{ ...read, Action: "dynamodb:Get Item" }, "has the invalid action dynamodb:Get Item; write"],
    [
      { ...read, Action: "dynamodbb:GetItem" },
      "has an action of the unknown service dynamodbb; did you mean dynamodb?",
    ],
    [{ ...read, Resource: undefined }, "has no Resource; add it"],
    [{ ...read, Resource: "orders" }, "has the invalid resource orders; use an ARN"],
    [
      { ...read, Resource: "arn:aws:dynamodb:eu-west-1" },
      "has the invalid resource arn:aws:dynamodb:eu-west-1; use an ARN",
    ],
    [{ ...read, NotResource: "*" }, "has Resource and NotResource"],
    [{ ...read, Condition: [] }, "has a Condition that is not an object"],
    [
      { ...read, Condition: { StringEqual: { "aws:a": "x" } } },
      "has the unknown condition operator StringEqual; did you mean StringEquals?",
    ],
    [{ ...read, Condition: { NullIfExists: { "aws:a": "true" } } }, "has NullIfExists, which does not exist"],
    [
      { ...read, Condition: { "ForSomeValues:StringEquals": { "aws:a": "x" } } },
      "has the unknown condition operator ForSomeValues",
    ],
    [{ ...read, Condition: { StringEquals: {} } }, "has StringEquals without a key"],
    [
      { ...read, Condition: { StringEquals: { SourceAccount: "1" } } },
      "has the condition key SourceAccount without a prefix; write it like aws:SourceAccount",
    ],
    [{ ...read, Condition: { StringEquals: { "aws:a": [] } } }, "its StringEquals of aws:a has no values"],
    [{ ...read, Condition: { StringEquals: { "aws:a": null } } }, "has a value that is not a string"],
    [{ ...read, Condition: { Bool: { "aws:a": "yes" } } }, 'its Bool of aws:a is yes; use "true" or "false"'],
    [{ ...read, Condition: { NumericEquals: { "aws:a": "ten" } } }, "is ten; use a number"],
    [{ ...read, Condition: { DateLessThan: { "aws:a": "tomorrow" } } }, "is tomorrow; use a date"],
    [{ ...read, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } } }, "is 10.0.0.0/33; use an address range"],
    [{ ...read, Condition: { ArnEquals: { "aws:SourceArn": "orders" } } }, "is orders; use an ARN"],
  ])("has no statement %j", (statement, message) => {
    expect(identityPolicy(policy(statement))).toMatch(told);
    expect(identityPolicy(policy(statement))).toContain(message);
  });

  test("is JSON of Version and Statement", () => {
    expect(identityPolicy("{")).toMatch(/^is not valid JSON; /);
    expect(identityPolicy("[]")).toMatch(/^is not a JSON object; /);
    expect(identityPolicy('{"Version":"2012-10-17"}')).toMatch(/^has no Statement; /);
    expect(identityPolicy('{"Version":"2012-10-17","Statement":[]}')).toMatch(/^has no Statement; /);
    expect(identityPolicy(JSON.stringify({ Version: "2023-01-01", Statement: read }))).toContain(
      'has the invalid Version "2023-01-01"',
    );
    expect(identityPolicy(JSON.stringify({ Statements: [] }))).toContain("has the unknown element Statements");
    expect(identityPolicy(JSON.stringify({ Statement: read }))).toBeUndefined();
    expect(identityPolicy(policy("x"))).toContain("its statement 1 is not an object");
    expect(identityPolicy(policy({ ...read, Sid: "A" }, { ...read, Sid: "A" }))).toBe(
      "has the Sid A twice; give each statement its own",
    );
    expect(identityPolicy(policy({ ...read, Resource: `${table}€` }))).toContain(
      "has a character that policies do not allow",
    );
  });

  test("is measured without white space, and not at all if it has references", () => {
    const padded = (length: number) => {
      const text = policy({ ...read, Resource: `${table}/` });
      return text.replace(`${table}/`, `${table}/${"x".repeat(length - text.length)}`);
    };
    for (const [check, limit] of [
      [identityPolicy, 6144],
      [inlinePolicy, 10_240],
    ] as const) {
      expect(check(padded(limit))).toBeUndefined();
      expect(check(JSON.stringify(JSON.parse(padded(limit)), null, 4))).toBeUndefined();
      expect(check(padded(limit + 1))).toContain(`has ${limit + 1} characters without white space, but`);
      expect(check(padded(limit + 100).replace(table, variable("aws_dynamodb_table.orders.arn")))).toBeUndefined();
    }
  });
});

describe("A trust policy", () => {
  test.each<Statement>([
    assume,
    { ...assume, Principal: { AWS: ["arn:aws:iam::123456789012:root", "123456789012", "AROAEXAMPLE1234567890"] } },
    { ...assume, Principal: { AWS: "arn:aws-us-gov:sts::123456789012:assumed-role/deploy/session" }, Action: "sts:*" },
    { ...assume, Principal: { Service: ["ecs-tasks.amazonaws.com", "logs.eu-west-1.amazonaws.com.cn"] } },
    { ...assume, Principal: { Federated: "cognito-identity.amazonaws.com" }, Action: "sts:AssumeRoleWithWebIdentity" },
    { ...assume, Action: ["sts:AssumeRole", "sts:TagSession"], Principal: "*" },
  ])("may have the statement %j", (statement) => expect(trustPolicy(policy(statement))).toBeUndefined());

  test.each<readonly [Statement, string]>([
    [{ ...assume, Principal: undefined }, "has no Principal; name whom it allows or denies access"],
    [{ ...assume, NotPrincipal: { AWS: "*" } }, "has NotPrincipal, which a trust policy does not allow"],
    [{ ...assume, Resource: "*" }, "has Resource, which a trust policy does not allow"],
    [
      { ...assume, Action: "iam:PassRole" },
      "has the action iam:PassRole, which this kind of policy does not allow; use actions of sts",
    ],
    [{ ...assume, Principal: {} }, "has a Principal that names nobody"],
    [{ ...assume, Principal: "lambda.amazonaws.com" }, "has a Principal that names nobody"],
    [
      { ...assume, Principal: { Services: "x" } },
      "has a Principal of the unknown type Services; use one of AWS, Service",
    ],
    [
      { ...assume, Principal: { Service: "lambda" } },
      "has the invalid service principal lambda; write it like lambda.amazonaws.com",
    ],
    [{ ...assume, Principal: { Service: "*.amazonaws.com" } }, "has the invalid service principal *.amazonaws.com"],
    [{ ...assume, Principal: { AWS: [] } }, "has an empty list of principals in AWS"],
    [
      { ...assume, Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
      "but * cannot stand for part of a principal; name the whole principal",
    ],
    [{ ...assume, Principal: { AWS: "arn:aws:iam::12345:root" } }, "use the ARN of a role or user"],
  ])("has no statement %j", (statement, message) => {
    expect(trustPolicy(policy(statement))).toMatch(told);
    expect(trustPolicy(policy(statement))).toContain(message);
  });

  test("has at most 2048 characters", () => {
    const accounts = (count: number) => Array.from({ length: count }, (_, at) => String(100_000_000_000 + at));
    expect(trustPolicy(policy({ ...assume, Principal: { AWS: accounts(120) } }))).toBeUndefined();
    expect(trustPolicy(policy({ ...assume, Principal: { AWS: accounts(140) } }))).toContain(
      "but a trust policy may have 2048",
    );
  });
});

describe("A policy of a resource", () => {
  const services = Object.keys(resourcePolicyLimits) as ResourcePolicyService[];

  test.each(services)("of %s has principals and resources, and is measured in bytes", (service) => {
    const { characters } = resourcePolicyLimits[service];
    const check = resourcePolicy(service);
    expect(check(policy({ ...send, Sid: "Allow IAM" }))).toBeUndefined();
    expect(
      check(policy({ ...send, Effect: "Deny", Principal: undefined, NotPrincipal: { AWS: "123456789012" } })),
    ).toBeUndefined();
    expect(check(policy({ ...send, Principal: undefined }))).toContain("has no Principal");
    expect(check(policy({ ...send, Resource: undefined }))).toContain("has no Resource");
    const longest = (length: number) => policy(send).padEnd(length);
    expect(check(longest(characters))).toBeUndefined();
    expect(check(longest(characters + 1))).toContain(`has ${characters + 1} bytes, but`);
  });

  test("of a queue has at most 20 statements, 50 principals, 10 conditions and 7 actions in each statement", () => {
    const check = resourcePolicy("sqs");
    const many = <T>(count: number, value: (at: number) => T) => Array.from({ length: count }, (_, at) => value(at));
    const actions = (count: number) => policy({ ...send, Action: many(count, () => "sqs:SendMessage") });
    const principals = (count: number) => policy({ ...send, Principal: { AWS: many(count, () => "123456789012") } });
    const conditions = (count: number) =>
      policy({ ...send, Condition: { StringEquals: Object.fromEntries(many(count, (at) => [`aws:a${at}`, "x"])) } });
    for (const [text, limit, what] of [
      [(count: number) => policy(...many(count, () => ({ ...send, Principal: "*" }))), 20, "statements"],
      [principals, 50, "principals"],
      [conditions, 10, "conditions"],
      [actions, 7, "actions in one statement"],
    ] as const) {
      expect(check(text(limit))).toBeUndefined();
      expect(check(text(limit + 1))).toBe(
        `has ${limit + 1} ${what}, but the policy of a queue may have ${limit}; use fewer`,
      );
    }
  });
});
