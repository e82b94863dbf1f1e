import type { Thing } from "../../inventory/thing";
import { isObject, type ObjectValue } from "../../protocol/values";
import { isForeign, parseArn } from "../demands/arns";
import { existsById, newTextsAt, textsAt, unused, valuesAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

/** A name as Route 53 stores it: lower case, with the final dot. */
const dotted = (name: string): string =>
  `${name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\\052/, "*")}.`;

const bare = (zoneId: string): string => zoneId.replace(/^\/?hostedzone\//, "");

const invalidChange = (message: string): Answer => ({
  status: 400,
  code: "InvalidChangeBatch",
  message: `[${message}]`,
});

/** The full name of a record; in a zone that is known, a relative name is completed. */
function nameOf({ cloud }: Call, record: ObjectValue): string {
  const name = dotted(text(record, "name"));
  const zone = zoneOf(cloud, text(record, "zone_id"));
  const apex = zone && dotted(text(zone.state, "name"));
  return !apex || name === apex || name.endsWith(`.${apex}`) ? name : `${name}${apex}`;
}

const zoneOf = (cloud: Call["cloud"], id: string): Thing | undefined =>
  cloud.find("aws_route53_zone", (zone) => zone.zone_id === bare(id));

/** The provider reads the zone before it changes anything in it. */
const zoneRead: Demand = (call) => {
  const [zone] = newTextsAt(call, "zone_id").map(bare);
  if (zone === undefined) return undefined;
  const standing = call.cloud.standing("aws_route53_zone", zone);
  if (standing === "deleted") return { words: `reading Route 53 Hosted Zone (${zone}): couldn't find resource` };
  return standing === "elsewhere" ? notOfTheAccount : undefined;
};

/** No policy of a zone lets another account in: only a role of its own account does. */
const notOfTheAccount: Answer = {
  status: 403,
  code: "AccessDenied",
  message: "User is not authorized to access this resource",
};

const alreadyExists = (call: Call): Answer =>
  invalidChange(
    `Tried to create resource record set [name='${nameOf(call, call.values)}', type='${text(call.values, "type")}'] but it already exists`,
  );

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat */
const livesBeside: Demand = (call) => {
  const { values, prior, cloud } = call;
  if (prior) return undefined;
  const [name, type, zoneId] = [nameOf(call, values), text(values, "type"), bare(text(values, "zone_id"))];
  const zone = zoneOf(cloud, zoneId);
  if (type === "CNAME" && zone && dotted(text(zone.state, "name")) === name) {
    return invalidChange(`RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${name}`);
  }
  const others = cloud
    .all("aws_route53_record", (record) => bare(text(record, "zone_id")) === zoneId && nameOf(call, record) === name)
    .map(({ state }) => state);
  if (others.some((other) => (other.type === "CNAME") !== (type === "CNAME"))) {
    return invalidChange(
      `RRSet of type ${type} with DNS name ${name} is not permitted because a conflicting RRSet ` +
        `of ${type === "CNAME" ? "another type" : "type CNAME"} with the same DNS name already exists in zone ${text(zone?.state ?? {}, "name") || zoneId}`,
    );
  }
  const alike = others.filter((other) => other.type === type);
  const simple = (record: ObjectValue): boolean => text(record, "set_identifier") === "";
  if (alike.some((other) => simple(other) && simple(values)))
    return values.allow_overwrite === true ? undefined : alreadyExists(call);
  if (alike.some((other) => simple(other) !== simple(values) || policyOf(other) !== policyOf(values))) {
    return invalidChange(
      `RRSet with DNS name ${name}, type ${type}, SetIdentifier ${text(values, "set_identifier")} cannot be created as other RRSets exist with the same name and type`,
    );
  }
  return undefined;
};

const roleOf = (record: ObjectValue): string => textsAt(record, "failover_routing_policy.type")[0] ?? "";

/**
 * A name has one PRIMARY and one SECONDARY record of a type, also in between two changes.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover-alias.html
 */
const oneOfEachRole: Demand = (call) => {
  const { values, prior, cloud } = call;
  const role = roleOf(values);
  if (role === "" || (prior && roleOf(prior) === role)) return undefined;
  const [name, type, zoneId] = [nameOf(call, values), text(values, "type"), bare(text(values, "zone_id"))];
  const identifier = text(values, "set_identifier");
  const taken = cloud.find(
    "aws_route53_record",
    (record) =>
      bare(text(record, "zone_id")) === zoneId &&
      record.type === type &&
      nameOf(call, record) === name &&
      text(record, "set_identifier") !== identifier &&
      roleOf(record) === role,
  );
  return taken
    ? invalidChange(
        `RRSet with DNS name ${name}, type ${type}, SetIdentifier ${identifier} cannot be created as there is already a ${role} failover record of this name and type`,
      )
    : undefined;
};

const policies = ["weighted", "failover", "latency", "geolocation", "geoproximity", "multivalue_answer", "cidr"];

/** How a record is chosen among those of its name; "" for a simple one. */
function policyOf(record: ObjectValue): string {
  const isSet = (policy: string): boolean => {
    const value = record[`${policy}_routing_policy`];
    return value === true || (Array.isArray(value) && value.length > 0);
  };
  return policies.find(isSet) ?? "";
}

/** An alias to a record of a zone of one's own: the record is there. */
const aliasFound: Demand = (call) => {
  const before = call.prior ? JSON.stringify(call.prior.alias) : undefined;
  if (before === JSON.stringify(call.values.alias)) return undefined;
  for (const alias of valuesAt(call.values, "alias").filter(isObject)) {
    const target = dotted(text(alias, "name"));
    const zoneId = bare(text(alias, "zone_id"));
    const zone = zoneOf(call.cloud, zoneId);
    if (!zone) continue;
    const type = text(call.values, "type");
    const tried = `Tried to create an alias that targets ${target}, type ${type} in zone ${zoneId}, but `;
    const apex = dotted(text(zone.state, "name"));
    if (target !== apex && !target.endsWith(`.${apex}`))
      return invalidChange(`${tried}the alias target name does not lie within the target zone`);
    const fits = (record: ObjectValue): boolean =>
      bare(text(record, "zone_id")) === zoneId && record.type === type && nameOf(call, record) === target;
    if (!call.cloud.find("aws_route53_record", fits)) return invalidChange(`${tried}that target was not found`);
  }
  return undefined;
};

/**
 * A health check may be of another account than the record that uses it.
 * @see https://repost.aws/knowledge-center/route-53-cross-account-health-checks
 */
const healthCheckFound: Demand = (call) => {
  const { cloud } = call;
  const [check] = newTextsAt(call, "health_check_id");
  if (check === undefined) return undefined;
  const standing = cloud.standing("aws_route53_health_check", check);
  if (standing === "deleted") {
    return { status: 404, code: "NoSuchHealthCheck", message: `A health check with id ${check} does not exist.` };
  }
  const elsewhere = standing === "elsewhere" && cloud.anywhere("aws_route53_health_check", ({ id }) => id === check);
  // Looked up again by its ARN, what is needed is told.
  if (elsewhere) cloud.withArn(text(elsewhere.state, "arn"));
  return undefined;
};

const invalidInput = (message: string): Answer => ({ status: 400, code: "InvalidInput", message });

/** The alarm of a health check stands in the region that the check names. */
const alarmFound: Demand = (call) => {
  const { values, prior, cloud } = call;
  const [name, region] = [text(values, "cloudwatch_alarm_name"), text(values, "cloudwatch_alarm_region")];
  if (name === "" || (prior?.cloudwatch_alarm_name === name && prior.cloudwatch_alarm_region === region))
    return undefined;
  const alarm = cloud
    .everywhere("aws_cloudwatch_metric_alarm", (state) => state.alarm_name === name)
    .find(({ place }) => place.region === region);
  // Looked up again by its ARN, what is needed is told.
  if (alarm) cloud.withArn(text(alarm.state, "arn"));
  return alarm ? undefined : invalidInput(`The specified CloudWatch alarm ${name} does not exist in region ${region}.`);
};

const routingControlFound: Demand = (call) => {
  const [given] = newTextsAt(call, "routing_control_arn");
  const arn = parseArn(given);
  if (!given || !arn || isForeign(arn, call.cloud.place)) return undefined;
  return call.cloud.standing("aws_route53recoverycontrolconfig_routing_control", given) === "deleted"
    ? invalidInput(`The routing control ${given} does not exist.`)
    : undefined;
};

/**
 * Route 53.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export const route53: ServiceCalls = {
  aws_route53_record: {
    service: "Route 53",
    create: { name: "ChangeResourceRecordSets", says: () => "creating Route53 Record" },
    update: { name: "ChangeResourceRecordSets", says: (record) => `updating Route53 Record (${text(record, "id")})` },
    remove: { name: "ChangeResourceRecordSets", says: (record) => `deleting Route53 Record (${text(record, "id")})` },
    exists: (call) => (call.values.allow_overwrite === true ? undefined : alreadyExists(call)),
    demands: [zoneRead, livesBeside, oneOfEachRole, aliasFound, healthCheckFound],
  },
  aws_route53_zone: {
    service: "Route 53",
    create: { name: "CreateHostedZone", says: (zone) => `creating Route53 Hosted Zone (${text(zone, "name")})` },
    update: {
      name: "UpdateHostedZoneComment",
      says: (zone) => `updating Route53 Hosted Zone (${text(zone, "zone_id")}) comment`,
    },
    remove: { name: "DeleteHostedZone", says: (zone) => `deleting Route53 Hosted Zone (${text(zone, "zone_id")})` },
    remembered: true,
    removalDemands: [
      (call) =>
        call.values.force_destroy === true
          ? undefined
          : unused(
              "aws_route53_record",
              (record, zone) => bare(text(record, "zone_id")) === zone.zone_id,
              () => ({
                status: 400,
                code: "HostedZoneNotEmpty",
                message:
                  "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
              }),
            )(call),
    ],
  },
  aws_route53_health_check: {
    service: "Route 53",
    create: { name: "CreateHealthCheck", says: () => "creating Route53 Health Check" },
    update: { name: "UpdateHealthCheck", says: (check) => `updating Route53 Health Check (${text(check, "id")})` },
    remove: { name: "DeleteHealthCheck", says: (check) => `deleting Route53 Health Check (${text(check, "id")})` },
    remembered: true,
    demands: [
      existsById("child_healthchecks", "aws_route53_health_check", (check) =>
        invalidInput(`The specified child health check ${check} does not exist.`),
      ),
      alarmFound,
      routingControlFound,
    ],
  },
};
