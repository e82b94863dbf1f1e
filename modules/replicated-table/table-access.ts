import type { PolicyStatement } from "../core";

/** Options that limit or extend a grant. */
export interface ReadAccess extends WriteAccess {
  /** Also allows scans. Off by default, because they are slow and expensive on large tables. */
  readonly scan?: boolean;
}

export interface WriteAccess {
  /** Patterns that the partition key of each item must match, such as `tenant#42*` for the items of one tenant. */
  readonly leadingKeys?: readonly string[];
}

const readActions = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query"];
const writeActions = [
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];

/** Permission to read items of a table and its indexes. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export function readStatement(tableArn: string, hasIndexes: boolean, access: ReadAccess): PolicyStatement {
  return {
    actions: access.scan ? [...readActions, "dynamodb:Scan"] : readActions,
    resources: hasIndexes ? [tableArn, `${tableArn}/index/*`] : [tableArn],
    ...leadingKeys(access),
  };
}

/** Permission to write items, but not to change the table itself. Writing to indexes needs no permission. */
export function writeStatement(tableArn: string, access: WriteAccess): PolicyStatement {
  return { actions: writeActions, resources: [tableArn], ...leadingKeys(access) };
}

/** Permission to read the stream, as an event source mapping does. The stream's name is only known once it exists. */
export function streamStatement(tableArn: string): PolicyStatement {
  return {
    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    resources: [`${tableArn}/stream/*`],
  };
}

function leadingKeys(access: WriteAccess): Pick<PolicyStatement, "conditions"> {
  return access.leadingKeys
    ? { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": access.leadingKeys } } }
    : {};
}
