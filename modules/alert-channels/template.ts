/** What is taken from the event of an alarm, by the name of its placeholder. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export const inputPaths = {
  arn: "$.resources[0]",
  name: "$.detail.alarmName",
  reason: "$.detail.state.reason",
  region: "$.region",
  time: "$.time",
} as const;

export type Placeholder = keyof typeof inputPaths;

/** A value of the event that stands alone: EventBridge writes it as a JSON string, with what has to be escaped. */
export class Whole {
  constructor(readonly of: Placeholder) {}
}

/** A value alone; within a text only `<name>`, `<region>`, `<time>` and `<arn>` may stand, which hold nothing to escape. */
export const whole = (of: Placeholder): Whole => new Whole(of);

const mark = "\u0001";

/**
 * A body as a template of EventBridge.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function template(body: object): string {
  const text = JSON.stringify(body, (_, value) => (value instanceof Whole ? `${mark}${value.of}${mark}` : value));
  return text.replace(/"\\u0001(\w+)\\u0001"/g, "<$1>");
}

/** The placeholders of a template, with their paths. */
export function pathsIn(text: string): Record<string, string> {
  const used = new Set([...text.matchAll(/<(\w+)>/g)].map(([, name]) => name));
  return Object.fromEntries(Object.entries(inputPaths).filter(([name]) => used.has(name)));
}
