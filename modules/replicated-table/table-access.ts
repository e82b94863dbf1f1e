import { type PolicyStatement, partitionOf } from "../core";

/** Options that limit or extend a grant. */
export interface ReadAccess extends WriteAccess {
  /** Also allows scans. Off by default, because they are slow and expensive on large tables. */
  readonly scan?: boolean;
}

export interface WriteAccess {
  /** Patterns that the partition key of each item must match, such as `tenant#42*` for the items of one tenant. */
  readonly leadingKeys?: readonly string[];
}

/** The table of a statement. */
export interface TableArn {
  readonly arn: string;
  /** The ARN as AWS writes it, if `arn` is a reference. */
  readonly measuredAs: string;
}

const readActions = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query"];
const writeActions = [
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];

/** The ARN of a table as AWS writes it. */
export const literalTableArn = (region: string, account: string, name: string): string =>
  `arn:${partitionOf(region)}:dynamodb:${region}:${account}:table/${name}`;

/** Permission to read items of a table and its indexes. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export function readStatement(table: TableArn, hasIndexes: boolean, access: ReadAccess): PolicyStatement {
  return {
    actions: access.scan ? [...readActions, "dynamodb:Scan"] : readActions,
    ...onTable(table, hasIndexes ? ["", "/index/*"] : [""]),
    ...leadingKeys(access),
  };
}

/** Permission to write items, but not to change the table itself. Writing to indexes needs no permission. */
export function writeStatement(table: TableArn, access: WriteAccess): PolicyStatement {
  return { actions: writeActions, ...onTable(table, [""]), ...leadingKeys(access) };
}

/** The statements of a grant on a table with a literal ARN, to measure a policy before there is a table. */
export function accessStatements(
  tableArn: string,
  hasIndexes: boolean,
  access: "read" | "write" | "read-write",
): PolicyStatement[] {
  const table = { arn: tableArn, measuredAs: tableArn };
  const read = readStatement(table, hasIndexes, {});
  const write = writeStatement(table, {});
  return access === "read" ? [read] : access === "write" ? [write] : [read, write];
}

/** Permission to read the stream, as an event source mapping does. The stream's name is only known once it exists. */
export function streamStatement(table: TableArn): PolicyStatement {
  return {
    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    ...onTable(table, ["/stream/*"]),
  };
}

function onTable(
  { arn, measuredAs }: TableArn,
  parts: readonly string[],
): Pick<PolicyStatement, "resources" | "measuredAs"> {
  return { resources: parts.map((part) => `${arn}${part}`), measuredAs: parts.map((part) => `${measuredAs}${part}`) };
}

function leadingKeys(access: WriteAccess): Pick<PolicyStatement, "conditions"> {
  return access.leadingKeys
    ? { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": access.leadingKeys } } }
    : {};
}
