import type { CanaryShare } from "../../runtime/secrets/canary-share";
import type { AlarmState } from "./alarm-state";

/** What EventBridge sends when the alarm changes its state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export interface AlarmEvent {
  readonly "detail-type": "CloudWatch Alarm State Change";
  readonly detail: { readonly alarmName: string; readonly state: { readonly value: string; readonly reason?: string } };
}

/** What the schedule sends. */
export interface AdvanceEvent {
  readonly action: "advance";
}

/** What was done, for the log. */
export type Outcome =
  | { readonly did: "rolled back" | "advanced"; readonly from: number; readonly to: number }
  | { readonly did: "nothing"; readonly percent: number; readonly because: string };

/** What moving a share works with. */
export interface CanaryParts {
  readonly share: CanaryShare;
  readonly alarmName: string;
  readonly alarmState: () => Promise<AlarmState>;
  /** How long a share has to stand without an alarm before it becomes 100 percent, in milliseconds. */
  readonly bakeTime: number;
  readonly now?: () => number;
}

/** An event that this function was not deployed for. */
export class UnexpectedEventError extends Error {
  override readonly name = "UnexpectedEventError";
}

/** Moves the share of a canary: down to 0 by an alarm, up to 100 by the schedule, and never up from 0. */
export function move(event: AlarmEvent | AdvanceEvent, parts: CanaryParts): Promise<Outcome> {
  if ("action" in event && event.action === "advance") return advance(parts);
  const { alarmName, state } = "detail" in event ? event.detail : { alarmName: undefined, state: undefined };
  if (alarmName === parts.alarmName && state?.value === "ALARM") return rollBack(parts);
  throw new UnexpectedEventError(
    `The event is neither the schedule's nor ALARM of ${parts.alarmName}; invoke the function by its rules alone.`,
  );
}

async function rollBack({ share }: CanaryParts): Promise<Outcome> {
  const { percent } = await share.read();
  if (percent === 0) return { did: "nothing", percent, because: "it is rolled back already" };
  await share.write(0);
  return { did: "rolled back", from: percent, to: 0 };
}

async function advance(parts: CanaryParts): Promise<Outcome> {
  const { share, bakeTime, alarmState, now = Date.now } = parts;
  const { percent, since } = await share.read();
  const stay = (because: string): Outcome => ({ did: "nothing", percent, because });
  if (percent === 100) return stay("the canary is over");
  if (percent === 0) return stay("it was rolled back, and a person has to raise it");
  // An alarm that was on when the share was set sends no further event, and an event may be lost.
  if ((await alarmState()) === "ALARM") return rollBack(parts);
  if (now() - since < bakeTime) return stay("the bake time is not over");
  await share.write(100);
  return { did: "advanced", from: percent, to: 100 };
}
