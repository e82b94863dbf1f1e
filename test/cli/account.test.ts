import { accountNeeds } from "../../cli/account/needs";
import type { StackJson } from "../../terraform";

const at = (region: string, rest: object = {}) => ({ provider: `aws.${region}`, ...rest });

/** A stack with these resources, by type and name. */
const stack = (resource: StackJson["resource"]) => ({ terraform: { resource } });

describe("What an account needs", () => {
  test("is nothing for stacks without resources of AWS", () => {
    expect(accountNeeds([stack({ terraform_data: { guard: {} } })])).toEqual([]);
  });

  test("is that each region is enabled which accounts do not have from the start, once", () => {
    const needs = accountNeeds([
      stack({ aws_sqs_queue: { a: at("eu-south-1"), b: at("eu-south-1") } }),
      stack({ aws_sqs_queue: { c: at("eu-central-1"), d: at("ap-east-2") } }),
    ]);
    expect(needs.map(({ check }) => check)).toEqual([
      "aws account get-region-opt-status --region-name ap-east-2",
      "aws account get-region-opt-status --region-name eu-south-1",
    ]);
  });

  test("is the reserved concurrency of each region over all stacks, and what cannot be reserved", () => {
    const fn = (region: string, reserved?: number) => at(region, { reserved_concurrent_executions: reserved });
    const needs = accountNeeds([
      stack({ aws_lambda_function: { a: fn("eu-west-1", 10), b: fn("eu-west-1"), c: fn("eu-central-1", -1) } }),
      stack({ aws_lambda_function: { d: fn("eu-west-1", 5) } }),
    ]).filter(({ what }) => what.includes("Lambda"));
    expect(needs).toEqual([
      {
        region: "eu-west-1",
        what: expect.stringContaining("115, of 1,000, and new accounts have less"),
        check: expect.stringMatching(/^aws service-quotas get-service-quota .*lambda .*L-B99A9384 --region eu-west-1/),
        make: expect.stringMatching(/^aws service-quotas request-service-quota-increase .*L-B99A9384/),
        certain: true,
      },
    ]);
  });

  test("is asked for in us-east-1 for global services", () => {
    const [quota] = accountNeeds([stack({ aws_cloudfront_distribution: { d: at("eu-west-1") } })]);
    expect(quota).toMatchObject({ region: undefined, check: expect.stringContaining("L-24B04930 --region us-east-1") });
  });

  test.each([
    ["aws_rds_cluster", "AWSServiceRoleForRDS", "rds.amazonaws.com"],
    ["aws_dynamodb_table_replica", "AWSServiceRoleForDynamoDBReplication", "replication.dynamodb.amazonaws.com"],
    [
      "aws_appautoscaling_target",
      "AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency",
      "lambda.application-autoscaling.amazonaws.com",
    ],
    ["aws_apigatewayv2_domain_name", "AWSServiceRoleForAPIGateway", "ops.apigateway.amazonaws.com"],
    ["aws_fis_experiment_template", "AWSServiceRoleForFIS", "fis.amazonaws.com"],
    ["aws_ecs_service", "AWSServiceRoleForECS", "ecs.amazonaws.com"],
    ["aws_lb", "AWSServiceRoleForElasticLoadBalancing", "elasticloadbalancing.amazonaws.com"],
  ])("is a role of the service for %s, marked as not verified", (type, role, principal) => {
    const needs = accountNeeds([stack({ [type]: { a: at("eu-west-1"), b: at("eu-west-1") } })]);
    expect(needs.filter(({ what }) => what.includes("service-linked"))).toEqual([
      expect.objectContaining({
        check: `aws iam get-role --role-name ${role}`,
        make: `aws iam create-service-linked-role --aws-service-name ${principal}`,
        certain: false,
      }),
    ]);
  });
});
