import { arnParts } from "../../fill/forms";
import type { ObjectValue, Value } from "../../protocol/values";
import { blocksOf, either, joined, textOf } from "../forms";
import type { ReadSubject, ServiceReads } from "../rule";

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
    answers: (table) => {
      const replicas = table.neighbours
        .everywhere("aws_dynamodb_table_replica")
        .filter((replica) => replica.global_table_arn === table.state.arn);
      const blocks = replicas.map((replica) => asBlock(table, replica));
      return {
        table_class: either(table.state.table_class, "STANDARD"),
        ttl: expiry(table.block("ttl")),
        ...(blocks.length && { replica: joined(blocksOf(table.list("replica")), blocks, "region_name") }),
      };
    },
  },
};
