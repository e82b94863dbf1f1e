/**
 * What functions are denied by default when a budget stops them: what writes, sends, calls and starts. Reads are left, so that they can
 * still answer, and logs and traces, so that somebody can see why.
 */
export const deniedByDefault = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PartiQL*",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "events:PutEvents",
  "lambda:Invoke*",
  "s3:PutObject",
  "scheduler:CreateSchedule",
  "sns:Publish*",
  "sqs:SendMessage",
  "states:Start*",
] as const;
