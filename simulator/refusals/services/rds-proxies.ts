import type { ObjectValue } from "../../protocol/values";
import { isForeign, parseArn } from "../demands/arns";
import { groupsExist, groupsOfVpc, oneVpc, subnetsExist, twoZones, vpcOfSubnets } from "../demands/network";
import { existsByName, newTextsAt, textsAt } from "../demands/references";
import { canBeAssumed } from "../demands/roles";
import { type Answer, type Demand, type ServiceCalls, text, type Warning } from "../refusal";

const answer = (code: string, message: string, status = 400): Answer => ({ status, code, message });
const unlisted = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });

const named =
  (attribute: string) =>
  (state: ObjectValue, given: string): boolean =>
    text(state, attribute).toLowerCase() === given.toLowerCase();

const proxyFound = existsByName(
  "db_proxy_name",
  "aws_db_proxy",
  (given) => answer("DBProxyNotFoundFault", `DB proxy ${given} not found.`, 404),
  named("name"),
);

const invalidSubnet = (message: string): Answer => answer("InvalidSubnet", message);

/** Subnets of one VPC in two zones or more, and security groups of that VPC. */
const network: readonly Demand[] = [
  subnetsExist("vpc_subnet_ids", (subnet) => invalidSubnet(`The requested subnet is invalid: ${subnet}`)),
  oneVpc("vpc_subnet_ids", () => invalidSubnet("All of the subnets must be in the same VPC.")),
  twoZones("vpc_subnet_ids", () => invalidSubnet("The subnets must be in at least two Availability Zones.")),
  groupsExist("vpc_security_group_ids", (group) =>
    unlisted("InvalidParameterValue", `Invalid security group: ${group}`),
  ),
  groupsOfVpc("vpc_security_group_ids", vpcOfSubnets("vpc_subnet_ids"), (group) =>
    unlisted("InvalidParameterValue", `The security group ${group} is not in the VPC of the subnets.`),
  ),
];

/** A proxy is made for one kind of database. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
const familyFits: Demand = (call) => {
  const [proxyName] = newTextsAt(call, "db_proxy_name");
  const [clusterName] = newTextsAt(call, "db_cluster_identifier");
  const proxy = proxyName && call.cloud.find("aws_db_proxy", (state) => named("name")(state, proxyName));
  const cluster =
    clusterName && call.cloud.find("aws_rds_cluster", (state) => named("cluster_identifier")(state, clusterName));
  if (!proxy || !cluster) return undefined;
  const [family, engine] = [text(proxy.state, "engine_family"), text(cluster.state, "engine")];
  const fits = /postgres/.test(engine) ? family === "POSTGRESQL" : family !== "POSTGRESQL";
  return fits
    ? undefined
    : unlisted(
        "InvalidParameterValue",
        `Engine family ${family} of the proxy does not fit the engine ${engine} of ${clusterName}.`,
      );
};

/** How clients of each kind of database may prove who they are. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html */
const authFits: Demand = ({ values }) => {
  const family = text(values, "engine_family");
  const prefix = { POSTGRESQL: "POSTGRES_", MYSQL: "MYSQL_", SQLSERVER: "SQL_SERVER_" }[family];
  const wrong = prefix && textsAt(values, "auth.client_password_auth_type").find((type) => !type.startsWith(prefix));
  return wrong
    ? unlisted("InvalidParameterValue", `ClientPasswordAuthType ${wrong} is not supported for engine family ${family}.`)
    : undefined;
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html */
const filtersFit: Demand = (call) => {
  const [proxyName] = newTextsAt(call, "db_proxy_name");
  const proxy = proxyName && call.cloud.find("aws_db_proxy", (state) => named("name")(state, proxyName));
  const filters = textsAt(call.values, "connection_pool_config.session_pinning_filters");
  return proxy && filters.length > 0 && text(proxy.state, "engine_family") !== "MYSQL"
    ? unlisted("InvalidParameterValue", "SessionPinningFilters are supported for the engine family MYSQL only.")
    : undefined;
};

/** Found out when the proxy logs in: until then its target is unavailable. */
const roleAndSecrets: Warning = ({ values, cloud }) => {
  const role = text(values, "role_arn");
  if (role !== "" && !canBeAssumed(cloud, role, "rds.amazonaws.com"))
    return `has targets that stay unavailable: RDS cannot assume ${role}, which AWS does not check`;
  const missing = textsAt(values, "auth.secret_arn").find((secret) => {
    const arn = parseArn(secret);
    if (!arn || isForeign(arn, cloud.place)) return false;
    if (arn.region !== cloud.place.region) return true;
    return ["elsewhere", "deleted"].includes(cloud.standing("aws_secretsmanager_secret", secret));
  });
  return missing && `has targets that stay unavailable: the secret ${missing} is not there, which AWS does not check`;
};

/**
 * RDS Proxy.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-setup.html
 */
export const rdsProxies: ServiceCalls = {
  aws_db_proxy: {
    service: "RDS",
    create: { name: "CreateDBProxy", says: (proxy) => `creating RDS DB Proxy (${text(proxy, "name")})` },
    update: { name: "ModifyDBProxy", says: (proxy) => `updating RDS DB Proxy (${text(proxy, "name")})` },
    remove: { name: "DeleteDBProxy", says: (proxy) => `deleting RDS DB Proxy (${text(proxy, "name")})` },
    exists: ({ values }) => answer("DBProxyAlreadyExistsFault", `DB Proxy ${text(values, "name")} already exists`),
    demands: [...network, authFits],
    warnings: [roleAndSecrets],
  },
  aws_db_proxy_default_target_group: {
    service: "RDS",
    create: {
      name: "ModifyDBProxyTargetGroup",
      says: (group) => `updating RDS DB Proxy Default Target Group (${text(group, "db_proxy_name")})`,
    },
    remove: {
      name: "ModifyDBProxyTargetGroup",
      says: (group) => `updating RDS DB Proxy Default Target Group (${text(group, "db_proxy_name")})`,
    },
    demands: [proxyFound, filtersFit],
  },
  aws_db_proxy_target: {
    service: "RDS",
    create: {
      name: "RegisterDBProxyTargets",
      says: (target) =>
        `registering RDS DB Proxy Target (${text(target, "db_proxy_name")}/${text(target, "target_group_name")})`,
    },
    remove: {
      name: "DeregisterDBProxyTargets",
      says: (target) => `deregistering RDS DB Proxy Target (${text(target, "id")})`,
    },
    exists: ({ values }) =>
      answer(
        "DBProxyTargetAlreadyRegisteredFault",
        `The target ${text(values, "db_cluster_identifier") || text(values, "db_instance_identifier")} is already registered with the proxy ${text(values, "db_proxy_name")}`,
      ),
    demands: [
      proxyFound,
      existsByName(
        "db_cluster_identifier",
        "aws_rds_cluster",
        (given) => answer("DBClusterNotFoundFault", `DBCluster ${given} not found.`, 404),
        named("cluster_identifier"),
      ),
      familyFits,
    ],
  },
  aws_db_proxy_endpoint: {
    service: "RDS",
    create: {
      name: "CreateDBProxyEndpoint",
      says: (endpoint) => `creating RDS DB Proxy Endpoint (${text(endpoint, "db_proxy_endpoint_name")})`,
    },
    update: {
      name: "ModifyDBProxyEndpoint",
      says: (endpoint) => `updating RDS DB Proxy Endpoint (${text(endpoint, "id")})`,
    },
    remove: {
      name: "DeleteDBProxyEndpoint",
      says: (endpoint) => `deleting RDS DB Proxy Endpoint (${text(endpoint, "id")})`,
    },
    exists: ({ values }) =>
      answer(
        "DBProxyEndpointAlreadyExistsFault",
        `DB Proxy Endpoint ${text(values, "db_proxy_endpoint_name")} already exists`,
      ),
    demands: [proxyFound, ...network],
  },
};
