import { type Json, objectOf } from "../../terraform";
import type { DriftChange } from "../change";
import { isSame, isValues } from "../differences";
import type { EnvironmentView } from "../environment-view";
import type { DriftRule } from "../rule";

/**
 * What a failover moves, and a switch to another region that was made in a hurry. Not here, as Terraform reads none of it: whether a
 * health check is healthy, the metric behind `drain`, routing controls, states of alarms, and which bus an endpoint sends to.
 */
export const failoverRules: readonly DriftRule[] = [
  {
    id: "global-database-writer",
    kind: "failover",
    types: ["aws_rds_global_cluster"],
    attributes: ["global_cluster_members"],
    when: ({ values, now }) => isFailedOver(values, now),
    because:
      "Another region writes to the global database, by a switchover or a failover. Switch back when the region is well.",
  },
  {
    id: "former-writer",
    kind: "failover",
    types: ["aws_rds_cluster"],
    attributes: ["global_cluster_identifier"],
    when: ({ values, after }, environment) => isSame(after, null) && writersOf(environment).includes(values.arn),
    because:
      "The former writer is out of the global database, as after a failover that lost data, until it is repaired or made anew.",
  },
  {
    id: "replication-source",
    kind: "failover",
    types: ["aws_rds_cluster"],
    attributes: ["replication_source_identifier"],
    when: ({ after }, environment) =>
      environment.of("aws_rds_global_cluster").length > 0 &&
      (after === null || after === "" || arnsOf(environment, "aws_rds_cluster").includes(after)),
    because:
      "The clusters of the global database have changed roles, so that this one replicates from another one, or from none.",
  },
  {
    id: "writer-instance",
    kind: "failover",
    types: ["aws_rds_cluster_instance"],
    attributes: ["writer"],
    when: ({ values }, environment) =>
      environment.of("aws_rds_global_cluster").length > 0 ||
      environment
        .of("aws_rds_cluster_instance")
        .filter((other) => other.values.cluster_identifier === values.cluster_identifier).length > 1,
    because:
      "Aurora has made another instance the writer, as it does when one fails or the global database is switched over.",
  },
  {
    id: "primary-key",
    kind: "failover",
    types: ["aws_kms_replica_key"],
    attributes: ["primary_key_arn"],
    when: ({ after }, environment) =>
      [...arnsOf(environment, "aws_kms_key"), ...arnsOf(environment, "aws_kms_replica_key")].includes(after),
    because: "The primary of the multi-region key is another one of its keys in this environment.",
  },
  {
    id: "dns-to-another-region",
    kind: "failover",
    types: ["aws_route53_record"],
    attributes: ["alias", "health_check_id", "records"],
    when: ({ address, values, attribute = "", now }, environment) =>
      environment
        .of("aws_route53_record")
        .some(
          (other) =>
            other.address !== address && other.values.name === values.name && isLike(other.values, now, attribute),
        ),
    because:
      "The name leads where the record of another region leads: somebody has switched regions in Route 53. Name the region in regions.active, or the next deployment switches back.",
  },
  {
    id: "endpoint-turned-round",
    kind: "failover",
    types: ["aws_cloudwatch_event_endpoint"],
    attributes: ["routing_config"],
    when: ({ before, after }, environment) =>
      [before, after].every((value) => arnsOf(environment, "aws_route53_health_check").includes(value)),
    because:
      "The event endpoint follows another health check of this environment: events go to the other region first. Name the region in regions.active, or the next deployment turns it back.",
  },
];

const blocks = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isValues) : []) as Json[];

const membersOf = ({ global_cluster_members: members }: DriftChange["values"]): readonly Json[] => blocks(members);

/** Whether a cluster that was a member writes now, and nothing has joined or left but the former writer. */
function isFailedOver(before: DriftChange["values"], now: DriftChange["now"]): boolean {
  const arns = (members: readonly Json[]): unknown[] => members.map(({ db_cluster_arn: arn }) => arn);
  const left = membersOf(before).filter(({ db_cluster_arn: arn }) => !arns(membersOf(now)).includes(arn));
  return (
    arns(membersOf(now)).every((arn) => arns(membersOf(before)).includes(arn)) &&
    left.every(({ is_writer: wrote }) => wrote === true) &&
    membersOf(now).some(({ is_writer: writes }) => writes === true)
  );
}

/** ARNs of the clusters that write, by the states. */
const writersOf = (environment: EnvironmentView): unknown[] =>
  environment.of("aws_rds_global_cluster").flatMap(({ values }) =>
    membersOf(values)
      .filter(({ is_writer: writes }) => writes === true)
      .map(({ db_cluster_arn: arn }) => arn),
  );

const arnsOf = (environment: EnvironmentView, type: string): unknown[] =>
  environment.of(type).map(({ values }) => values.arn);

/** Whether a record leads where another one does: to the same target, or by the same check. */
function isLike(other: Json, now: DriftChange["now"], attribute: string): boolean {
  if (attribute !== "alias") return isSame(other[attribute], now[attribute]);
  return isSame(objectOf(blocks(other.alias)[0]).name, objectOf(blocks(now.alias)[0]).name);
}
