const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;

const backupWindow = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const maintenanceWindow =
  /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)$/;

/** What is wrong with a daily backup window (`hh:mm-hh:mm` in UTC), or undefined. */
export function backupWindowProblem(text: string): string | undefined {
  const [, h1, m1, h2, m2] = backupWindow.exec(text) ?? [];
  if (h1 === undefined) return "is not a daily window; write it in UTC as hh:mm-hh:mm, such as 02:00-03:00";
  const start = Number(h1) * 60 + Number(m1);
  const length = (Number(h2) * 60 + Number(m2) - start + minutesOfDay) % minutesOfDay;
  return length < 30 ? "is shorter than 30 minutes; make it 30 minutes or longer" : undefined;
}

/** What is wrong with a weekly maintenance window (`ddd:hh:mm-ddd:hh:mm` in UTC), or undefined. */
export function maintenanceWindowProblem(text: string): string | undefined {
  const span = maintenanceSpan(text);
  if (!span) return "is not a weekly window; write it in UTC as ddd:hh:mm-ddd:hh:mm, such as sun:04:00-sun:05:00";
  if (span.length < 30) return "is shorter than 30 minutes; make it 30 minutes or longer";
  return span.length > minutesOfDay ? "is longer than a day; make it 24 hours or shorter" : undefined;
}

/**
 * Whether the backup and maintenance windows overlap, which AWS rejects.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html
 */
export function windowsOverlap(backup: string, maintenance: string): boolean {
  const span = maintenanceSpan(maintenance);
  const [, h1, m1, h2, m2] = backupWindow.exec(backup) ?? [];
  if (!span || h1 === undefined) return false;
  const start = Number(h1) * 60 + Number(m1);
  const length = (Number(h2) * 60 + Number(m2) - start + minutesOfDay) % minutesOfDay;
  return days.some((_, day) => {
    const distance = (day * minutesOfDay + start - span.start + minutesOfWeek) % minutesOfWeek;
    return distance < span.length || distance + length > minutesOfWeek;
  });
}

function maintenanceSpan(text: string): { start: number; length: number } | undefined {
  const [, d1, h1, m1, d2, h2, m2] = maintenanceWindow.exec(text) ?? [];
  if (d1 === undefined) return undefined;
  const at = (day: string | undefined, hour: string | undefined, minute: string | undefined) =>
    (days as readonly (string | undefined)[]).indexOf(day) * minutesOfDay + Number(hour) * 60 + Number(minute);
  const start = at(d1, h1, m1);
  return { start, length: (at(d2, h2, m2) - start + minutesOfWeek) % minutesOfWeek };
}
