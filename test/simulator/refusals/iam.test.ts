import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, standby, TestCloud } from "./cloud";

const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trusting = (principal: object) => document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal });
const role = (name: string, more: ObjectValue = {}): ObjectValue => ({
  name,
  arn: `arn:aws:iam::${account}:role/${name}`,
  assume_role_policy: trusting({ Service: "lambda.amazonaws.com" }),
  ...more,
});
const withRole = () => new TestCloud().has("aws_iam_role", role("orders"));
const reading = document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
const inline = (name: string, policy = reading): ObjectValue => ({
  id: `orders:${name}`,
  role: "orders",
  name,
  policy,
});
const attached = (policy_arn: string): ObjectValue => ({ id: `orders-${policy_arn}`, role: "orders", policy_arn });
const managed = (name: string): ObjectValue => {
  const arn = `arn:aws:iam::${account}:policy/${name}`;
  return { id: arn, name, arn, policy: reading };
};

describe("IAM refuses", () => {
  test("a second role of one name, in whatever case and region", () => {
    expect(withRole().in(standby).creating("aws_iam_role", role("Orders"))).toMatch(
      /^creating IAM Role \(Orders\): operation error IAM: CreateRole, https response error StatusCode: 409, .*EntityAlreadyExists: Role with name Orders already exists\./,
    );
    const policy = new TestCloud().has("aws_iam_policy", managed("reads"));
    expect(policy.creating("aws_iam_policy", { ...managed("reads"), id: "other" })).toContain("EntityAlreadyExists");
    const provider = { arn: "arn", url: "https://token.example.com" };
    const federated = new TestCloud().has("aws_iam_openid_connect_provider", provider);
    expect(federated.creating("aws_iam_openid_connect_provider", { arn: "b", url: "token.example.com" })).toContain(
      "EntityAlreadyExists: Provider with url https://token.example.com already exists.",
    );
  });

  test("a trust in a role that does not exist", () => {
    const of = (name: string) => trusting({ AWS: `arn:aws:iam::${account}:role/${name}` });
    const creating = (policy: string) =>
      withRole().creating("aws_iam_role", role("new", { assume_role_policy: policy }));
    expect(creating(of("orders"))).toBe("");
    expect(creating(of("nobody"))).toContain(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::${account}:role/nobody"`,
    );
    expect(creating(trusting({ AWS: `arn:aws:iam::${account}:root` }))).toBe("");
    expect(creating(trusting({ AWS: "arn:aws:iam::999988887777:role/theirs" }))).toBe("");
  });

  test("a boundary of the account that does not exist", () => {
    const bound = role("new", { permissions_boundary: `arn:aws:iam::${account}:policy/limits` });
    expect(new TestCloud().creating("aws_iam_role", bound)).toContain("NoSuchEntity");
    expect(new TestCloud().has("aws_iam_policy", managed("limits")).creating("aws_iam_role", bound)).toBe("");
  });

  test("policies of a role or attachments of a policy that does not exist", () => {
    expect(withRole().creating("aws_iam_role_policy", inline("reads"))).toBe("");
    expect(new TestCloud().creating("aws_iam_role_policy", inline("reads"))).toMatch(
      /^putting IAM Role \(orders\) Policy \(reads\): .*404.* NoSuchEntity: The role with name orders cannot be found\.$/,
    );
    const creating = (arn: string) => withRole().creating("aws_iam_role_policy_attachment", attached(arn));
    expect(creating("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")).toBe("");
    expect(creating(`arn:aws:iam::${account}:policy/reads`)).toContain("does not exist or is not attachable.");
  });

  test("more than 10 240 characters of policies and more than ten attachments", () => {
    const half = document({ Effect: "Allow", Action: `s3:${"x".repeat(6000)}`, Resource: "*" });
    expect(withRole().creating("aws_iam_role_policy", inline("a", half))).toBe("");
    const filled = withRole().has("aws_iam_role_policy", inline("a", half));
    expect(filled.creating("aws_iam_role_policy", inline("b", half))).toContain("LimitExceeded");
    expect(filled.changing("aws_iam_role_policy", inline("a", half), {})).toBe("");
    const cloud = withRole();
    for (let index = 0; index < 10; index++)
      cloud.has("aws_iam_role_policy_attachment", attached(`arn:aws:iam::aws:policy/P${index}`));
    expect(cloud.creating("aws_iam_role_policy_attachment", attached("arn:aws:iam::aws:policy/P10"))).toContain(
      "Cannot exceed quota for PoliciesPerRole: 10",
    );
  });

  test("to delete a role that has policies, and a policy that is attached", () => {
    const arn = managed("reads").arn as string;
    const cloud = withRole().has("aws_iam_policy", managed("reads"));
    expect(cloud.deleting("aws_iam_role", role("orders"))).toBe("");
    cloud.has("aws_iam_role_policy_attachment", attached(arn));
    expect(cloud.deleting("aws_iam_role", role("orders"))).toMatch(
      /^deleting IAM Role \(orders\): .*409.* DeleteConflict: Cannot delete entity, must detach all policies first\.$/,
    );
    expect(cloud.deleting("aws_iam_role", role("orders", { force_detach_policies: true }))).toBe("");
    expect(cloud.deleting("aws_iam_policy", managed("reads"))).toContain("DeleteConflict");
    const inlined = withRole().has("aws_iam_role_policy", inline("reads"));
    expect(inlined.deleting("aws_iam_role", role("orders"))).toContain("must delete policies first.");
  });
});

describe("Application Auto Scaling refuses", () => {
  const target = (resource_id: string): ObjectValue => ({
    id: resource_id,
    service_namespace: "lambda",
    resource_id,
    scalable_dimension: "lambda:function:ProvisionedConcurrency",
  });
  const live = target("function:orders:live");

  test("to scale an alias that does not exist, or no alias", () => {
    const cloud = new TestCloud().has("aws_lambda_function", { function_name: "orders", version: "1" });
    const creating = (values: ObjectValue) => cloud.creating("aws_appautoscaling_target", values);
    expect(creating(live)).toContain("ValidationException");
    expect(creating(target("function:orders:$LATEST"))).toContain("ValidationException");
    cloud.has("aws_lambda_alias", { name: "live", function_name: "orders" });
    expect(creating(live)).toBe("");
  });

  test("policies and schedules without their target, and a second policy for one metric", () => {
    const policy = (name: string): ObjectValue => ({
      ...live,
      id: name,
      name,
      target_tracking_scaling_policy_configuration: [
        { predefined_metric_specification: [{ predefined_metric_type: "LambdaProvisionedConcurrencyUtilization" }] },
      ],
    });
    expect(new TestCloud().creating("aws_appautoscaling_policy", policy("p"))).toMatch(
      /^putting Application Auto Scaling Scaling Policy \(p\): .*ObjectNotFoundException: No scalable target registered for service namespace: lambda, resource ID: function:orders:live, scalable dimension: lambda:function:ProvisionedConcurrency$/,
    );
    expect(new TestCloud().creating("aws_appautoscaling_scheduled_action", { ...live, name: "s" })).toContain(
      "ObjectNotFoundException",
    );
    const cloud = new TestCloud().has("aws_appautoscaling_target", live);
    expect(cloud.creating("aws_appautoscaling_policy", policy("p"))).toBe("");
    cloud.has("aws_appautoscaling_policy", policy("p"));
    expect(cloud.creating("aws_appautoscaling_policy", policy("q"))).toContain("Only one TargetTrackingScaling policy");
    expect(cloud.changing("aws_appautoscaling_policy", policy("p"), {})).toBe("");
  });
});
