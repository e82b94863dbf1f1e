import { valueProblems } from "../../values";
import { evaluated } from "../../values/known";

const told = (type: string, values: Record<string, unknown>): string[] =>
  valueProblems(type, values).map(({ path, problem }) => `${path.join(".")}: ${problem}`);

describe("The problems of values", () => {
  test("are what is wrong and what to do, at the path of the value", () => {
    expect(told("aws_sqs_queue", { name: "a".repeat(81), visibility_timeout_seconds: 43_201 })).toEqual([
      "name: is 81 characters long; use at most 80",
      "visibility_timeout_seconds: is too large; use at most 43200",
    ]);
    expect(told("aws_cloudwatch_metric_alarm", { comparison_operator: "GreaterThanTreshold" })).toEqual([
      expect.stringMatching(
        /^comparison_operator: is not one of GreaterThanOrEqualToThreshold, .*; did you mean "GreaterThanThreshold"\?$/,
      ),
    ]);
  });

  test("are found in blocks, with and without their lists", () => {
    const block = { maximum_retry_attempts: 186 };
    expect(valueProblems("aws_cloudwatch_event_target", { retry_policy: [block] })[0]?.path).toEqual([
      "retry_policy",
      0,
      "maximum_retry_attempts",
    ]);
    expect(valueProblems("aws_cloudwatch_event_target", { retry_policy: block })[0]?.path).toEqual([
      "retry_policy",
      "maximum_retry_attempts",
    ]);
  });

  test("are found in blocks that contain themselves", () => {
    const match = { positional_constraint: "BEGINS_WITH" };
    const statement = {
      and_statement: { statement: [{ not_statement: { statement: { byte_match_statement: match } } }] },
    };
    expect(told("aws_wafv2_web_acl", { rule: [{ statement }] })).toEqual([
      expect.stringMatching(
        /^rule\.0\.statement\.and_statement\.statement\.0\.not_statement\..*positional_constraint: /,
      ),
    ]);
  });

  test("leave out what only Terraform knows, and count escaped signs as they are sent", () => {
    expect(told("aws_sqs_queue", { name: `\${aws_sqs_queue.other.name}!`, delay_seconds: null })).toEqual([]);
    expect(told("aws_kms_key", { description: `%{ if true }${"a".repeat(9000)}` })).toEqual([]);
    expect(told("aws_cloudwatch_event_rule", { description: `${"a".repeat(510)}$\${` })).toEqual([]);
    expect(told("aws_cloudwatch_event_rule", { description: `${"a".repeat(511)}%%{` })).toEqual([
      "description: is 513 characters long; use at most 512",
    ]);
    expect(evaluated({ a: [`$\${x}`, `\${x}`], b: "%%{", c: null })).toEqual({ a: [`\${x}`, undefined], b: "%{" });
  });

  test("take Terraform's own values as they stand", () => {
    expect(valueProblems("aws_sqs_queue", { name: `\${x}` }, { evaluated: true })).toHaveLength(1);
  });

  test("count characters, or bytes where AWS does", () => {
    expect(told("aws_cloudwatch_event_rule", { description: "😀".repeat(512) })).toEqual([]);
    expect(told("aws_ssm_parameter", { insecure_value: "é".repeat(4097), tier: "Advanced" })).toEqual([
      "insecure_value: is 8194 bytes long; use at most 8192",
    ]);
  });

  test("are told once", () => {
    expect(told("aws_cloudwatch_metric_alarm", { period: 0, evaluation_periods: 1 })).toHaveLength(1);
  });

  test.each(
    [
      ["aws_cloudwatch_metric_alarm", { period: 90, evaluation_periods: 1 }, "period: is not a valid alarm period"],
      [
        "aws_cloudwatch_metric_alarm",
        { period: 60, evaluation_periods: 1441 },
        "evaluation_periods: makes the alarm evaluate the last 86460 s",
      ],
      [
        "aws_cloudwatch_metric_alarm",
        { period: 60, evaluation_periods: 2, datapoints_to_alarm: 3 },
        "datapoints_to_alarm: is above evaluation_periods, 2",
      ],
      [
        "aws_lambda_function",
        { environment: { variables: { AWS_REGION: "x" } } },
        "environment.variables.AWS_REGION: is reserved by the Lambda runtime",
      ],
      [
        "aws_lambda_function",
        { environment: { variables: { A1: "x".repeat(4000), A2: "x".repeat(200) } } },
        "environment.variables: takes ",
      ],
      [
        "aws_ssm_parameter",
        { insecure_value: "x".repeat(4097) },
        "insecure_value: is 4097 bytes long; use at most 4096 bytes, or set tier to Advanced",
      ],
      [
        "aws_sns_topic_subscription",
        { protocol: "https", endpoint: "http://x.example" },
        "endpoint: is not a valid endpoint for the protocol https",
      ],
      [
        "aws_rds_cluster",
        { serverlessv2_scaling_configuration: { min_capacity: 2, max_capacity: 1 } },
        "serverlessv2_scaling_configuration.min_capacity: is above",
      ],
      [
        "aws_rds_cluster",
        { serverlessv2_scaling_configuration: { max_capacity: 1.2 } },
        "serverlessv2_scaling_configuration.max_capacity: is not a valid Aurora capacity",
      ],
      ["aws_security_group", { name: "sg-mine" }, "name: begins with sg-, which EC2 reserves"],
      ["aws_vpc_security_group_ingress_rule", { from_port: 2, to_port: 1 }, "to_port: is below from_port"],
      ["aws_appautoscaling_target", { min_capacity: 2, max_capacity: 1 }, "min_capacity: is above max_capacity"],
      ["aws_s3_bucket", { bucket: "10.0.0.1" }, "bucket: has the form of an IP address"],
      ["aws_s3_bucket", { bucket: "xn--shop" }, "bucket: begins with xn--"],
      ["aws_s3_bucket", { bucket: "shop--x-s3" }, "bucket: ends with --x-s3"],
      [
        "aws_ecs_task_definition",
        { cpu: "300", memory: "512", requires_compatibilities: ["FARGATE"] },
        "cpu: is not a CPU size that Fargate supports",
      ],
      [
        "aws_ecs_task_definition",
        { cpu: "512", memory: "512", requires_compatibilities: ["FARGATE"] },
        "memory: is not a memory size that Fargate supports with 512 CPU units",
      ],
      ["aws_cloudfront_cache_policy", { min_ttl: 2, max_ttl: 1 }, "min_ttl: is above max_ttl"],
      [
        "aws_cloudfront_distribution",
        { origin: [{ origin_id: "a" }], default_cache_behavior: { target_origin_id: "b" } },
        "default_cache_behavior.target_origin_id: is not an origin of the distribution",
      ],
      ["vault_transit_secret_backend_key", { auto_rotate_period: 60 }, "auto_rotate_period: is shorter than an hour"],
    ].map(([type, values, beginning]) => [type, beginning, values] as [string, string, Record<string, unknown>]),
  )("%s, as %s", (type, beginning, values) => {
    expect(told(type, values)).toEqual([expect.stringContaining(beginning)]);
  });

  test("of types that are not known are none", () => expect(told("aws_instance", { ami: "" })).toEqual([]));
});
