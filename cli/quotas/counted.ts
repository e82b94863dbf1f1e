import { objectOf } from "../../terraform";
import { listOf, literalOf, type Resource } from "../../topology";
import { type AccountQuota, lambdaConcurrency } from "../../values/quotas";
import { referred } from "../aws/consumers";

/** How much of a quota some resources use, and which of them uses most where it is a quota of each. */
export interface Counted {
  readonly count: number;
  /** Address of what uses most, such as a bus with many rules. */
  readonly of?: string;
}

/** Quotas that are the number of resources of these types. */
export const countedTypes: Readonly<Partial<Record<AccountQuota, readonly string[]>>> = {
  tables: ["aws_dynamodb_table", "aws_dynamodb_table_replica"],
  eventBuses: ["aws_cloudwatch_event_bus"],
  globalEndpoints: ["aws_cloudwatch_event_endpoint"],
  schedules: ["aws_scheduler_schedule"],
  scheduleGroups: ["aws_scheduler_schedule_group"],
  topics: ["aws_sns_topic"],
  keys: ["aws_kms_key", "aws_kms_replica_key"],
  parameters: ["aws_ssm_parameter"],
  alarms: ["aws_cloudwatch_metric_alarm"],
  logGroups: ["aws_cloudwatch_log_group"],
  samplingRules: ["aws_xray_sampling_rule"],
  experimentTemplates: ["aws_fis_experiment_template"],
  apiDomains: ["aws_apigatewayv2_domain_name"],
  healthChecks: ["aws_route53_health_check"],
  distributions: ["aws_cloudfront_distribution"],
  vpcs: ["aws_vpc"],
  databaseClusters: ["aws_rds_cluster"],
  databaseInstances: ["aws_rds_cluster_instance"],
  databaseProxies: ["aws_db_proxy"],
  roles: ["aws_iam_role"],
  policies: ["aws_iam_policy"],
};

/** Where it is counted. */
interface Place {
  /** Undefined for the whole account. */
  readonly region: string | undefined;
  /** The resources of all regions, for what one of them has made in another one. */
  readonly all: readonly Resource[];
}

type Count = (resources: readonly Resource[], place: Place) => Counted;

const ofType = (resources: readonly Resource[], ...types: readonly string[]) =>
  resources.filter(({ type }) => types.includes(type));

const sum = (numbers: readonly number[]): Counted => ({ count: numbers.reduce((total, each) => total + each, 0) });

const numberIn = (body: unknown, name: string): number => {
  const value = objectOf(body)[name];
  return typeof value === "number" ? value : 0;
};

/** The largest group of resources of a type, by what one of their attributes refers to. @param begun what groups have besides */
function largest(
  resources: readonly Resource[],
  type: string,
  attribute: string,
  begun: readonly (readonly [of: string, count: number])[] = [],
): Counted {
  const groups = new Map<string, number>(begun);
  for (const resource of ofType(resources, type)) {
    // A literal id names what is there already, or in no stack.
    const of = referred(resource, attribute)?.id ?? literalOf(resource.body[attribute]);
    if (of !== undefined) groups.set(of, (groups.get(of) ?? 0) + 1);
  }
  return [...groups].reduce<Counted>((most, [of, count]) => (count > most.count ? { count, of } : most), { count: 0 });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const concurrency: Count = (resources) => {
  const reserved = ofType(resources, "aws_lambda_function").map(({ body }) =>
    Math.max(0, numberIn(body, "reserved_concurrent_executions")),
  );
  const { count } = sum(reserved);
  return { count: count > 0 ? count + lambdaConcurrency.unreservable : 0 };
};

/** A stage lets through at once what its route with the highest limit does. */
const stageRates: Count = (resources) =>
  sum(
    ofType(resources, "aws_apigatewayv2_stage").map(({ body }) =>
      Math.max(
        0,
        ...[...listOf(body.default_route_settings), ...listOf(body.route_settings)].map((settings) =>
          numberIn(settings, "throttling_rate_limit"),
        ),
      ),
    ),
  );

const targetsOf = (resources: readonly Resource[], namespace: string) =>
  ofType(resources, "aws_appautoscaling_target").filter(({ body }) => body.service_namespace === namespace);

/** The tasks of Fargate services while a deployment replaces as many as there can be: twice as many, unless the service says less. */
const fargateVcpus: Count = (resources) => {
  const scaled = targetsOf(resources, "ecs");
  return sum(
    ofType(resources, "aws_ecs_service").map((service) => {
      const vcpus = Number(referred(service, "task_definition")?.body.cpu ?? 0) / 1024;
      const own = scaled.filter(({ references }) => {
        const services = references.filter(({ target }) => target.type === "aws_ecs_service");
        return services.length === 0 || services.some(({ target }) => target.id === service.id);
      });
      const most = own.map(({ body }) => numberIn(body, "max_capacity"));
      const tasks = Math.max(0, ...most, numberIn(service.body, "desired_count"));
      const percent = numberIn(service.body, "deployment_maximum_percent") || 200;
      return vcpus * Math.floor((tasks * percent) / 100);
    }),
  );
};

const inScope =
  (scope: string): Count =>
  (resources) => ({
    count: ofType(resources, "aws_wafv2_web_acl").filter(({ body }) => body.scope === scope).length,
  });

const trustPolicy: Count = (resources) =>
  ofType(resources, "aws_iam_role").reduce<Counted>(
    (most, { id, body }) => {
      // A reference stands for an id or an ARN that is not known before; its text is about as long.
      const count = String(body.assume_role_policy ?? "").replace(/\s+/g, " ").length;
      return count > most.count ? { count, of: id } : most;
    },
    { count: 0 },
  );

/** A secret has its replicas in blocks of its own resource. */
const secretReplicas = (all: readonly Resource[], region: string | undefined): number =>
  ofType(all, "aws_secretsmanager_secret").flatMap(({ body }) =>
    listOf(body.replica).filter((replica) => objectOf(replica).region === region),
  ).length;

/** The rule that EventBridge itself makes on each bus of a global endpoint. */
const replicationRules = (all: readonly Resource[], region: string | undefined): (readonly [string, number])[] =>
  ofType(all, "aws_cloudwatch_event_endpoint").flatMap(({ references }) =>
    references.flatMap(({ target }) =>
      target.type === "aws_cloudwatch_event_bus" && target.region === region ? [[target.id, 1] as const] : [],
    ),
  );

const further: Readonly<Partial<Record<AccountQuota, Count>>> = {
  lambdaConcurrentExecutions: concurrency,
  apiRequestsPerSecond: stageRates,
  secrets: (resources, { region, all }) => ({
    count: ofType(resources, "aws_secretsmanager_secret").length + secretReplicas(all, region),
  }),
  rulesPerBus: (resources, { region, all }) =>
    largest(resources, "aws_cloudwatch_event_rule", "event_bus_name", replicationRules(all, region)),
  routesPerApi: (resources) => largest(resources, "aws_apigatewayv2_route", "api_id"),
  authorizersPerApi: (resources) => largest(resources, "aws_apigatewayv2_authorizer", "api_id"),
  recordsPerZone: (resources) => largest(resources, "aws_route53_record", "zone_id"),
  endpointsPerVpc: (resources) =>
    largest(
      resources.filter(({ type, body }) => type !== "aws_vpc_endpoint" || body.vpc_endpoint_type === "Interface"),
      "aws_vpc_endpoint",
      "vpc_id",
    ),
  policiesPerRole: (resources) => largest(resources, "aws_iam_role_policy_attachment", "role"),
  trustPolicyCharacters: trustPolicy,
  edgeWebAcls: inScope("CLOUDFRONT"),
  regionalWebAcls: inScope("REGIONAL"),
  fargateVcpus,
  loadBalancers: (resources) => ({
    count: ofType(resources, "aws_lb").filter(({ body }) => body.load_balancer_type !== "network").length,
  }),
  targetGroups: (resources) => ({ count: ofType(resources, "aws_lb_target_group").length }),
  scalableTargets: (resources) => ({ count: targetsOf(resources, "lambda").length }),
};

/**
 * How much of a quota the resources of an environment use in a region, or all of them for a quota of the whole account.
 * @param region undefined for the whole account
 */
export function counted(name: AccountQuota, all: readonly Resource[], region: string | undefined): Counted {
  const resources = region === undefined ? all : all.filter((each) => each.region === region);
  const types = countedTypes[name];
  return types ? { count: ofType(resources, ...types).length } : (further[name]?.(resources, { region, all }) ?? none);
}

const none: Counted = { count: 0 };
