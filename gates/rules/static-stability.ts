import type { Gate } from "../../contract/gate";
import { managedChanges, type Plan, type ResourceChange, valueAt } from "../../terraform";
import { introduced, type Problem, valuesAt } from "../introduced";
import { regionOf } from "../plan-regions";
import { permissionsIn } from "../policies";
import { identityPolicies } from "./no-wildcard-permission";

/**
 * Actions by which automation moves traffic or databases to another region, each with the control plane that it needs.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 */
const recoveryCalls: Readonly<Record<string, string>> = {
  "route53:ChangeResourceRecordSets": "Route 53's control plane, in us-east-1",
  "route53:UpdateHealthCheck": "Route 53's control plane, in us-east-1",
  "cloudfront:UpdateDistribution": "CloudFront's control plane, in us-east-1",
  "globalaccelerator:UpdateEndpointGroup": "Global Accelerator's control plane, in us-west-2",
  "globalaccelerator:UpdateListener": "Global Accelerator's control plane, in us-west-2",
  "rds:FailoverGlobalCluster": "RDS's control plane",
  "rds:SwitchoverGlobalCluster": "RDS's control plane",
  "rds:PromoteReadReplicaDBCluster": "RDS's control plane",
  "lambda:PutFunctionConcurrency": "Lambda's control plane",
  "ecs:UpdateService": "the control plane of ECS",
  "autoscaling:SetDesiredCapacity": "the control plane of EC2 Auto Scaling",
  "autoscaling:UpdateAutoScalingGroup": "the control plane of EC2 Auto Scaling",
};

/** What has no capacity until somebody asks a control plane for it, by type. */
const capacities: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_target: ["max_capacity"],
  aws_autoscaling_group: ["desired_capacity", "max_size"],
  aws_ecs_service: ["desired_count"],
  aws_globalaccelerator_endpoint_group: ["traffic_dial_percentage"],
  aws_lambda_function: ["reserved_concurrent_executions"],
};

const routed = [
  "failover_routing_policy",
  "latency_routing_policy",
  "weighted_routing_policy",
  "geolocation_routing_policy",
  "geoproximity_routing_policy",
];

/** After the loss of a region, what is left goes on with what it has. */
export const staticStability: Gate = {
  id: "static-stability",
  statement: "No step of recovery needs a control plane or us-east-1. Checked with --static-stability.",
  why: "A control plane fails more often than what it controls, in a large outage everybody calls it at once, and those of global services are in one region.",
  howToFix:
    "let health checks decide, keep the capacity in place, and switch by data planes: a metric behind a health check, or a routing control; if the step may stay, name the address under acknowledgedFindings of the environment",
  check: (plan, { settings = {} }) =>
    settings.staticStability
      ? introduced(plan, (type, values, resource) => problemsOf(plan, type, values, resource))
      : [],
};

function problemsOf(plan: Plan, type: string, values: unknown, resource: ResourceChange): Problem[] {
  if (type === "aws_route53_record") return ofRecord(values, resource);
  if (type === "aws_route53_health_check") {
    return valueAt(values, ["disabled"]) === true
      ? [
          {
            argument: "disabled",
            message:
              "would always count as healthy, so that traffic only moves by a change through Route 53's control plane, in us-east-1",
          },
        ]
      : [];
  }
  if (type === "aws_rds_global_cluster") {
    return [
      {
        argument: "global_cluster_identifier",
        message: "would take writes in another region only after a call of RDS's control plane there",
      },
    ];
  }
  if (type === "aws_rds_cluster") return ofCluster(plan, values, resource);
  return [
    ...(capacities[type] ?? [])
      .filter((name) => valueAt(values, [name]) === 0)
      .map((name) => ({
        argument: name,
        message: `would have no capacity (${name} is 0) until a control plane gives it some`,
      })),
    ...ofAutomation(type, values),
  ];
}

/** Records of several places, of which Route 53 leaves out none by itself. */
function ofRecord(values: unknown, { change }: ResourceChange): Problem[] {
  const policy = routed.find((name) => valuesAt(values, [name]).flat().some(Boolean));
  if (policy === undefined && valueAt(values, ["multivalue_answer_routing_policy"]) !== true) return [];
  // The last one to answer has nothing to give way to.
  if (valuesAt(values, ["failover_routing_policy", "type"]).includes("SECONDARY")) return [];
  const hasCheck =
    Boolean(valueAt(values, ["health_check_id"])) || valueAt(change.after_unknown, ["health_check_id"]) === true;
  if (hasCheck || valuesAt(values, ["alias", "evaluate_target_health"]).includes(true)) return [];
  return [
    {
      argument: policy ?? "multivalue_answer_routing_policy",
      message:
        "would answer with a region that is lost until somebody changes it through Route 53's control plane, in us-east-1: it has no health check",
    },
  ];
}

/** A secondary cluster without an instance, which somebody has to create before it serves. */
function ofCluster(plan: Plan, values: unknown, resource: ResourceChange): Problem[] {
  const isSecondary =
    Boolean(valueAt(values, ["global_cluster_identifier"])) ||
    valueAt(resource.change.after_unknown, ["global_cluster_identifier"]) === true;
  if (!isSecondary) return [];
  const region = regionOf(plan, resource);
  const hasInstance = managedChanges(plan).some(
    (one) => one.type === "aws_rds_cluster_instance" && one.change.after && regionOf(plan, one) === region,
  );
  return hasInstance
    ? []
    : [
        {
          argument: "global_cluster_identifier",
          message: `would have no instance in ${region}, so that RDS's control plane has to create one before it serves`,
        },
      ];
}

function ofAutomation(type: string, values: unknown): Problem[] {
  const argument = identityPolicies[type];
  if (argument === undefined) return [];
  const actions = valuesAt(values, argument.split(".")).flatMap((document) =>
    permissionsIn(document).flatMap((permission) => permission.actions),
  );
  return Object.entries(recoveryCalls)
    .filter(([call]) => actions.some((action) => action.toLowerCase() === call.toLowerCase()))
    .map(([call, plane]) => ({
      argument,
      message: `would let automation call ${call}: if recovery does, it needs ${plane}`,
    }));
}
