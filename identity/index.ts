export interface Identity {
  readonly type: string;
  readonly scope: "region" | "account" | "partition";
  readonly key: string;
  readonly name: string;
}
export function identityOf(type: string, values: Readonly<Record<string, unknown>>): Identity | undefined {
  const named: Record<string, string> = {
    aws_sqs_queue: "name",
    aws_cloudwatch_metric_alarm: "alarm_name",
    aws_secretsmanager_secret: "name",
  };
  const attribute = named[type];
  if (!attribute) return undefined;
  const key = String(values[attribute]);
  return { type, scope: "region", key, name: key };
}
