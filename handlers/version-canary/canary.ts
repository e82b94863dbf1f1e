import type { CanaryShare } from "../../runtime/secrets/canary-share.js";
import type { AlarmState } from "./alarm-state.js";

/**
 * What EventBridge sends when the alarm changes its state.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
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

/** The options of {@link move}. */
export interface CanaryOptions {
  readonly share: CanaryShare;
  readonly alarmName: string;
  readonly alarmState: () => Promise<AlarmState>;
  /** How long a share must stay without an alarm before it becomes 100 percent, in milliseconds. */
  readonly bakeTimeMs: number;
  readonly now?: () => number;
}

/** The function was invoked with an event it does not know. */
export class UnexpectedEventError extends Error {
  override readonly name = "UnexpectedEventError";
}

/** Moves the share of a canary: down to 0 by an alarm, up to 100 by the schedule, and never up from 0. */
export function move(event: AlarmEvent | AdvanceEvent, options: CanaryOptions): Promise<Outcome> {
  if ("action" in event && event.action === "advance") return advance(options);
  const { alarmName, state } = "detail" in event ? event.detail : { alarmName: undefined, state: undefined };
  if (alarmName === options.alarmName && state?.value === "ALARM") return rollBack(options);
  throw new UnexpectedEventError(
    `The event is neither the schedule's nor ALARM of ${options.alarmName}; invoke the function by its rules alone.`,
  );
}

async function rollBack({ share }: CanaryOptions): Promise<Outcome> {
  const { percent } = await share.read();
  if (percent === 0) return { did: "nothing", percent, because: "it is rolled back already" };
  await share.write(0);
  return { did: "rolled back", from: percent, to: 0 };
}

async function advance(options: CanaryOptions): Promise<Outcome> {
  const { share, bakeTimeMs, alarmState, now = Date.now } = options;
  const { percent, since } = await share.read();
  const stay = (because: string): Outcome => ({ did: "nothing", percent, because });
  if (percent === 100) return stay("the canary is over");
  if (percent === 0) return stay("it was rolled back, and a person has to raise it");
  // An alarm that was already on when the share was set sends no further event, and events may be lost.
  if ((await alarmState()) === "ALARM") return rollBack(options);
  if (now() - since < bakeTimeMs) return stay("the bake time is not over");
  await share.write(100);
  return { did: "advanced", from: percent, to: 100 };
}
