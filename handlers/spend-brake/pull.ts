import { type AlarmChange, BrakeError, type Brakes } from "./brakes.js";
import type { Reservations } from "./reservations.js";

/** What was done. */
export interface Pulled {
  readonly alarmName: string;
  readonly functionName: string;
  /** `released` is not among them: a person does that. */
  readonly what: "pulled" | "already pulled" | "nothing to do";
  /** What was reserved before; null where the function shared the account's pool. */
  readonly before: number | null;
  readonly floor: number;
}

/**
 * Leaves a function the executions of its brake's floor when its alarm goes off, and only ever fewer than it has. The end of the alarm
 * releases nothing: a stopped function has no invocations, so the alarm ends by itself.
 * @throws BrakeError for an alarm that is of no brake
 * @throws ReservationError
 */
export async function pull(
  { alarmName, state }: AlarmChange,
  brakes: Brakes,
  reservations: Reservations,
): Promise<Pulled> {
  const brake = Object.hasOwn(brakes, alarmName) ? brakes[alarmName] : undefined;
  if (!brake) throw new BrakeError(`The alarm ${alarmName} is of no brake; deploy the brake again.`);
  const { functionName, floor } = brake;
  const pulled = (what: Pulled["what"], before: number | null): Pulled => ({
    alarmName,
    functionName,
    what,
    before,
    floor,
  });
  if (state !== "ALARM") return pulled("nothing to do", null);
  const before = await reservations.read(functionName);
  if (before !== undefined && before <= floor) return pulled("already pulled", before);
  await reservations.reserve(functionName, floor);
  return pulled("pulled", before ?? null);
}
