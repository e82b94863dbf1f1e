/** Days of the week in expressions of AWS, from 1 on. */
export const cronWeekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;

/** The values that a field of a cron expression names; all where it has a form that is not known. */
export function cronValues(field: string, from: number, to: number, names: readonly string[] = []): number[] {
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const number = (text: string) => (names.includes(text) ? from + names.indexOf(text) : Number(text));
  const values = field.split(",").flatMap((part) => {
    const [range = "*", step] = part.split("/");
    const [first, last] = range.split("-");
    const low = range === "*" || range === "?" ? from : number(first ?? "");
    const high = range === "*" || range === "?" ? to : last === undefined ? (step ? to : low) : number(last);
    return all.filter((value) => value >= low && value <= high && (value - low) % Number(step ?? 1) === 0);
  });
  return values.length > 0 ? [...new Set(values)] : all;
}

/** Hours of a week, Monday 00:00 being 0, in which a weekly `cron(...)` fires; undefined for any other schedule. */
export function weekHoursOf(expression: string): number[] | undefined {
  const [, minute, hour = "*", day = "?", month = "*", weekday = "*"] =
    /^cron\((\S+) (\S+) (\S+) (\S+) (\S+)/.exec(expression) ?? [];
  if (minute === undefined || month !== "*" || !["?", "*"].includes(day) || /[#L]/.test(weekday)) return undefined;
  return cronValues(weekday, 1, 7, cronWeekdays).flatMap((one) =>
    cronValues(hour, 0, 23).map((at) => ((one + 5) % 7) * 24 + at),
  );
}
