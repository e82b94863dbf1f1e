import type { PolicyStatement } from "../core";

/** How a grant is narrowed or widened. */
export interface ReadAccess extends WriteAccess {
  /** Also reads the whole table: slow and costly on a large one, so it is asked for. */
  readonly scan?: boolean;
}

export interface WriteAccess {
  /** Patterns that the partition key of each item must match, `tenant#42*`: one tenant's items only. */
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

/** Reading items of a table and its indexes. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export function readStatement(tableArn: string, hasIndexes: boolean, access: ReadAccess): PolicyStatement {
  return {
    actions: access.scan ? [...readActions, "dynamodb:Scan"] : readActions,
    resources: hasIndexes ? [tableArn, `${tableArn}/index/*`] : [tableArn],
    ...leadingKeys(access),
  };
}

/** Writing single items; never changing the table itself. Indexes follow the table without a permission. */
export function writeStatement(tableArn: string, access: WriteAccess): PolicyStatement {
  return { actions: writeActions, resources: [tableArn], ...leadingKeys(access) };
}

/** Reading the stream, as an event source mapping does; the stream's name is only known once it exists. */
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
