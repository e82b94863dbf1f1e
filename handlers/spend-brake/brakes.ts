/** What the alarm of a brake stops. */
export interface Brake {
  readonly functionName: string;
  /** Concurrent executions that are left; 0 stops the function. */
  readonly floor: number;
}

/** Brakes by the names of their alarms. */
export type Brakes = Readonly<Record<string, Brake>>;

/** A change of state of an alarm, as CloudWatch sends it to a function. */
export interface AlarmChange {
  readonly alarmName: string;
  /** `ALARM`, `OK` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** In CloudWatch's words; empty where it says none. */
  readonly reason: string;
}

/** The event, or what the function was told of brakes, is not what the toolkit makes. */
export class BrakeError extends Error {
  override readonly name = "BrakeError";
}

/** @param text JSON of the variable BRAKES @throws BrakeError */
export function readBrakes(text: string): Brakes {
  const brakes = parsed(text);
  const isComplete =
    typeof brakes === "object" &&
    brakes !== null &&
    Object.values(brakes as Partial<Record<string, Partial<Brake>>>).every(
      (brake) => typeof brake?.functionName === "string" && Number.isInteger(brake.floor) && Number(brake.floor) >= 0,
    );
  if (!isComplete) throw new BrakeError("BRAKES is not what the toolkit writes; deploy the brake again.");
  return brakes as Brakes;
}

/**
 * @throws BrakeError
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export function readAlarmChange(event: unknown): AlarmChange {
  const { alarmData } = (event ?? {}) as {
    readonly alarmData?: { readonly alarmName?: unknown; readonly state?: { value?: unknown; reason?: unknown } };
  };
  const { alarmName, state } = alarmData ?? {};
  if (typeof alarmName !== "string" || typeof state?.value !== "string") {
    throw new BrakeError("The event is no change of an alarm; only alarms of CloudWatch may call the brake.");
  }
  return { alarmName, state: state.value, reason: typeof state.reason === "string" ? state.reason : "" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
