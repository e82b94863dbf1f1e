import { arnParts } from "../../fill/forms";
import type { ObjectValue, Value } from "../../protocol/values";
import { blocksOf, contributed, either, textOf } from "../forms";
import { contributions, type ReadSubject, type ServiceReads } from "../rule";

/** A replica that is a resource of its own, as its table has it. */
function asBlock(table: ReadSubject, replica: ObjectValue): ObjectValue {
  const region = arnParts(textOf(replica.arn)).region;
  const label = table.state.stream_enabled === true ? textOf(table.state.stream_label) : "";
  return {
    region_name: region,
    arn: textOf(replica.arn),
    kms_key_arn: textOf(replica.kms_key_arn),
    point_in_time_recovery: replica.point_in_time_recovery === true,
    propagate_tags: false,
    stream_arn: label && `${textOf(replica.arn)}/stream/${label}`,
    stream_label: label,
  };
}

/** AWS keeps no attribute for an expiry that is off. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveDescription.html */
function expiry(ttl: ObjectValue): Value {
  return ttl.enabled === true ? [ttl] : [{ ...ttl, enabled: false, attribute_name: "" }];
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html */
export const dynamodb: ServiceReads = {
  aws_dynamodb_table: {
    untouched: [
      "import_table",
      "restore_date_time",
      "restore_source_name",
      "restore_source_table_arn",
      "restore_to_latest_time",
    ],
    absent: ["range_key"],
    answers: (table) => {
      const replicas = contributions(
        table,
        "aws_dynamodb_table_replica",
        "everywhere",
        (replica) => replica.global_table_arn === table.state.arn,
        (replica) => asBlock(table, replica),
      );
      return {
        table_class: either(table.state.table_class, "STANDARD"),
        ttl: expiry(table.block("ttl")),
        replica: contributed(blocksOf(table.list("replica")), replicas, ({ region_name }) => textOf(region_name)),
      };
    },
  },
};
