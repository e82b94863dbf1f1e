import type { Problem } from "../problem";
import { nearest } from "./nearest";
import { timeZones } from "./time-zones";

const ofRelease: ReadonlySet<string> = new Set(timeZones);

let newer: ReadonlySet<string> | undefined;

/** Asks for the list of ICU when a name is not in the release: it takes its time. */
function isNewer(name: string): boolean {
  newer ??= new Set(Intl.supportedValuesOf("timeZone"));
  return newer.has(name);
}

/**
 * A time zone by its name in the IANA database, in the case that it has there.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function timeZone(text: string): Problem | undefined {
  if (ofRelease.has(text) || isNewer(text)) return undefined;
  const near = nearest(text, timeZones);
  return `is not a time zone; ${near === undefined ? "use an IANA name such as Europe/Dublin or UTC" : `did you mean ${near}?`}`;
}
