import { ConfigError } from "../../modules/core";

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 7 * 86_400 };

/** CloudWatch keeps values of an hour for 455 days. */
const longestDays = 455;

/** How long alarms remember their changes of state. */
export const historyDays = 30;

/** The seconds of `30d`, `12h` or `2w`. @throws ConfigError if it is none of these, or longer than metrics are kept */
export function sinceSeconds(given = "30d"): number {
  const [, count = "", unit = ""] = /^(\d{1,4})([hdw])$/.exec(given) ?? [];
  const seconds = Number(count) * (unitSeconds[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= longestDays * 86_400) return seconds;
  const message =
    seconds > 0
      ? `is longer than CloudWatch keeps metrics; use at most ${longestDays}d`
      : "is no duration; write it like 30d, 12h or 2w";
  throw new ConfigError("evenkeel kpi", [{ path: "--since", message, received: given }]);
}
