import type { Problem } from "../problem";
import { nearest } from "./nearest";
import { timeZoneLinks } from "./time-zone-links";

let known: ReadonlySet<string> | undefined;

/** Read when the first is asked for: the list comes from ICU, which takes its time. */
function names(): ReadonlySet<string> {
  known ??= new Set([...Intl.supportedValuesOf("timeZone"), ...timeZoneLinks]);
  return known;
}

/**
 * A time zone by its name in the IANA database, in the case that it has there.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function timeZone(text: string): Problem | undefined {
  if (names().has(text)) return undefined;
  const near = nearest(text, [...names()]);
  return `is not a time zone; ${near === undefined ? "use an IANA name such as Europe/Dublin or UTC" : `did you mean ${near}?`}`;
}
