import type { Problem } from "../problem";
import { cronFields, longestWait, runsPerHour } from "./cron";
import { show } from "./nearest";

/** Which of the three forms a service takes, and what it says of them. */
interface Dialect {
  readonly service: string;
  readonly forms: readonly Form[];
  readonly longest: number;
  /** How often the schedule may run in an hour. */
  readonly runsPerHour?: number;
  /** Whether the unit of `rate(1 ...)` may be in the plural. */
  readonly pluralOfOne?: boolean;
}

type Form = "cron" | "rate" | "at";

const examples: Readonly<Record<Form, string>> = {
  cron: "cron(30 6 ? * MON-FRI *)",
  rate: "rate(5 minutes)",
  at: "at(2030-01-31T06:30:00)",
};

/** When a rule of EventBridge runs. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const ruleSchedule = (text: string): Problem | undefined =>
  scheduleProblem(text, { service: "an EventBridge rule", forms: ["cron", "rate"], longest: 256 });

/** When a schedule of EventBridge Scheduler runs. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const schedulerExpression = (text: string): Problem | undefined =>
  scheduleProblem(text, {
    service: "EventBridge Scheduler",
    forms: ["cron", "rate", "at"],
    longest: 256,
    pluralOfOne: true,
  });

/** When a scheduled action of Application Auto Scaling runs. @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
export const autoScalingSchedule = (text: string): Problem | undefined =>
  scheduleProblem(text, {
    service: "Application Auto Scaling",
    forms: ["cron", "rate", "at"],
    longest: 1600,
  });

/** When AWS Backup makes a backup, at most once an hour. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
export const backupSchedule = (text: string): Problem | undefined =>
  scheduleProblem(text, { service: "AWS Backup", forms: ["cron"], longest: 256, runsPerHour: 1 });

/** The longest time between two runs of a checked `cron(...)`, in minutes; Infinity for one that ends. */
export const longestWaitMinutes = (schedule: string): number => longestWait(schedule.slice("cron(".length, -1));

function scheduleProblem(text: string, dialect: Dialect): Problem | undefined {
  const { service, forms, longest } = dialect;
  if (text.length > longest) return `has ${text.length} characters; use at most ${longest}`;
  const open = text.indexOf("(");
  const form = text.slice(0, Math.max(open, 0));
  if (!isForm(form) || !text.endsWith(")")) return `is not a schedule expression; write ${written(forms)}`;
  if (!forms.includes(form)) return `is ${form}(), which ${service} does not accept; write ${written(forms)}`;
  const inner = text.slice(open + 1, -1);
  if (form === "rate") return rateProblem(inner, dialect);
  if (form === "at") return atProblem(inner);
  const problem = cronFields(inner);
  if (problem || dialect.runsPerHour === undefined) return problem;
  return runsPerHour(inner) > dialect.runsPerHour
    ? `runs more than once an hour, which ${service} does not accept; use a single minute`
    : undefined;
}

const isForm = (text: string): text is Form => Object.hasOwn(examples, text);

function written(forms: readonly Form[]): string {
  const texts = forms.map((form) => examples[form]);
  return texts.length === 1 ? `${texts[0]}` : `${texts.slice(0, -1).join(", ")} or ${texts[texts.length - 1]}`;
}

const units = ["minute", "hour", "day"];

function rateProblem(text: string, { pluralOfOne }: Dialect): Problem | undefined {
  const [value = "", unit = "", ...rest] = text.split(" ");
  if (rest.length > 0 || unit === "") return "is not a rate with a value and a unit; write it like rate(5 minutes)";
  if (!/^\d{1,10}$/.test(value)) return `its value is ${show(value) || "missing"}; use a whole number above 0`;
  if (Number(value) < 1) return `its value is ${value}; use a whole number above 0`;
  if (value.startsWith("0")) return `its value is ${value}; write it without leading zeros`;
  if (Number(value) > 2 ** 31 - 1) return `its value is ${value}; use at most ${2 ** 31 - 1}`;
  const singular = unit.replace(/s$/, "");
  if (!units.includes(singular)) return `its unit is ${show(unit)}; use minutes, hours or days`;
  const right = value === "1" ? singular : `${singular}s`;
  if (unit === right || (value === "1" && pluralOfOne)) return undefined;
  return `its unit is ${unit}, but its value is ${value}; write rate(${value} ${right})`;
}

function atProblem(text: string): Problem | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (!parts)
    return `is not a date and time; write it like ${examples.at}, without a time zone or fractions of a second`;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  if (month < 1 || month > 12) return `its month is ${parts[2]}; use 01 to 12`;
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (day < 1 || day > last) return `its day is ${parts[3]}, which its month does not have; use 01 to ${last}`;
  if (hour > 23) return `its hour is ${parts[4]}; use 00 to 23`;
  if (minute > 59) return `its minute is ${parts[5]}; use 00 to 59`;
  return second > 59 ? `its second is ${parts[6]}; use 00 to 59` : undefined;
}
