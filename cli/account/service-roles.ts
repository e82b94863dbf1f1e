import type { AccountNeed, NeedingResource } from "./need";

/**
 * A role that a service makes for itself in an account, with the first resource that needs it: whoever deploys needs
 * `iam:CreateServiceLinkedRole`, or somebody makes it before.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export class ServiceRole {
  /** @param name of the role, without its `AWSServiceRoleFor` @param principal that it is made for */
  constructor(
    private readonly name: string,
    private readonly principal: string,
    private readonly types: readonly string[],
  ) {}

  /** The need of the account, if one of the resources has it. */
  needs(resources: readonly NeedingResource[]): AccountNeed[] {
    if (!resources.some(({ type }) => this.types.includes(type))) return [];
    const role = `AWSServiceRoleFor${this.name}`;
    return [
      {
        what: `the service-linked role ${role}, which AWS makes with the first resource if the one who deploys may`,
        check: `aws iam get-role --role-name ${role}`,
        make: `aws iam create-service-linked-role --aws-service-name ${this.principal}`,
        // Which resources bring which role was not tried in an account.
        certain: false,
      },
    ];
  }
}

export const serviceRoles: readonly ServiceRole[] = [
  new ServiceRole("RDS", "rds.amazonaws.com", ["aws_rds_cluster", "aws_rds_global_cluster", "aws_db_proxy"]),
  new ServiceRole("DynamoDBReplication", "replication.dynamodb.amazonaws.com", ["aws_dynamodb_table_replica"]),
  new ServiceRole("ApplicationAutoScaling_LambdaConcurrency", "lambda.application-autoscaling.amazonaws.com", [
    "aws_appautoscaling_target",
  ]),
  new ServiceRole("APIGateway", "ops.apigateway.amazonaws.com", ["aws_apigatewayv2_domain_name"]),
  new ServiceRole("FIS", "fis.amazonaws.com", ["aws_fis_experiment_template"]),
  new ServiceRole("ECS", "ecs.amazonaws.com", ["aws_ecs_service"]),
  new ServiceRole("ElasticLoadBalancing", "elasticloadbalancing.amazonaws.com", ["aws_lb"]),
];
