import { dnsName, text } from "./forms";
import type { Rule, Values } from "./rule";

/** A name that a resource takes besides its own. */
export interface FurtherName {
  readonly rule: Rule;
  /** The type whose names it is one of. */
  readonly namesOf: string;
  /** What the rule reads, once for each such name. */
  readonly each: (values: Values) => readonly Values[];
}

/** The blocks of a resource: a list in a state, one object or a list in a configuration. */
function blocks(value: unknown): Values[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((entry): entry is Values => typeof entry === "object" && entry !== null);
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Where a copy of a resource is: the rule's own region is that of the copy. */
const inRegion = "region_name";

/** Types whose resources take more names than one. */
export const furtherNames: Readonly<Record<string, readonly FurtherName[]>> = {
  aws_cloudfront_distribution: [
    {
      namesOf: "aws_cloudfront_distribution",
      rule: { scope: "partition", name: "CloudFront alias {alias}", read: { alias: dnsName } },
      each: ({ aliases }) => texts(aliases).map((alias) => ({ alias })),
    },
  ],
  aws_cloudwatch_log_delivery_source: [
    {
      namesOf: "aws_cloudwatch_log_delivery_source",
      rule: { scope: "region", name: "the delivery source of {log_type} of {resource_arn}" },
      each: (values) => [values],
    },
  ],
  aws_secretsmanager_secret: [
    {
      namesOf: "aws_secretsmanager_secret",
      rule: { scope: "region", name: "secret {name}" },
      each: ({ name, replica }) => blocks(replica).map(({ region }) => ({ name, [inRegion]: region })),
    },
  ],
  aws_dynamodb_table: [
    {
      namesOf: "aws_dynamodb_table",
      rule: { scope: "region", name: "table {name}" },
      each: ({ name, replica }) => blocks(replica).map((block) => ({ name, [inRegion]: block.region_name })),
    },
  ],
  aws_vpc_endpoint: [
    {
      namesOf: "aws_vpc_endpoint",
      rule: { scope: "region", name: "the gateway to {service_name} in route table {route_table}" },
      each: ({ service_name, route_table_ids }) =>
        texts(route_table_ids).map((route_table) => ({ service_name, route_table })),
    },
  ],
};

/** The region of a copy, undefined for names in the region of the provider. */
export const regionOfCopy = (values: Values): string | undefined => text(values[inRegion], values);
