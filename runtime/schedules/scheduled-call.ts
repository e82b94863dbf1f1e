/** What a schedule of the toolkit calls a function with. */
export interface ScheduledCall {
  readonly source: "evenkeel.schedule";
  /** Name of the schedule in the service. */
  readonly schedule: string;
  /** The time that it was to run at, in UTC: `2026-01-05T06:00:00Z`. */
  readonly scheduledTime: string;
  /** EventBridge Scheduler's id of this attempt. */
  readonly executionId: string;
  readonly attempt: string;
  readonly input?: unknown;
}

/** Whether an event is the call of a schedule. */
export const isScheduledCall = (event: unknown): event is ScheduledCall =>
  typeof event === "object" && event !== null && (event as Partial<ScheduledCall>).source === "evenkeel.schedule";
