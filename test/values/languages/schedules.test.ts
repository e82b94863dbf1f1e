import {
  autoScalingSchedule,
  backupSchedule,
  ruleSchedule,
  schedulerExpression,
  timeZone,
} from "../../../values/languages";
import { seeded, told } from "./random";

const everywhere = [
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
  "cron(0 10 * * ? *)",
  "cron(15 12 * * ? *)",
  "cron(0 18 ? * MON-FRI *)",
  "cron(0 8 1 * ? *)",
  "cron(0 9 ? * 2#1 *)",
  "cron(15 10 ? * 6L 2019-2022)",
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
  "cron(15 10 ? * 6L 2022-2023)",
  "cron(0 8 ? * TUE,FRI *)",
  // https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
  "cron(30 6 ? * MON *)",
  "cron(0 5 ? * * *)",
  "cron(0 12 * * ? *)",
  "cron(0 0 L * ? *)",
  "cron(0 0 LW * ? *)",
  "cron(0 0 3W JAN,APR,JUL,OCT ? 1970-2199)",
  "cron(0  6 ? * FRIL *)",
  "cron(0 0 29 2 ? *)",
  "cron(0 0 31 1-12/2 ? *)",
];

const often = [
  "cron(0/15 * * * ? *)",
  "cron(0/10 * ? * MON-FRI *)",
  "cron(0/5 8-17 ? * MON-FRI *)",
  "cron(* * * * ? *)",
];

const rates = ["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(2 hours)", "rate(1 day)", "rate(7 days)"];

const moments = ["at(2022-11-20T13:00:00)", "at(2024-02-29T23:59:59)", "at(2000-02-29T00:00:00)"];

const refusedFields: readonly (readonly [fields: string, message: string])[] = [
  ["0 6 * * * *", "sets both the day of the month and the day of the week; write ? as the day of the week"],
  ["99 99 ? * FOO *", "its minute is 99; use 0 to 59"],
  ["0 99 ? * FOO *", "its hour is 99; use 0 to 23"],
  ["0 0 ? * FOO *", "its day of the week is FOO; use 1 to 7, or SUN to SAT"],
  ["0 24 ? * MON *", "its hour is 24; use 0 to 23"],
  ["0 0 0 * ? *", "its day of the month is 0; use 1 to 31"],
  ["0 0 32 * ? *", "its day of the month is 32; use 1 to 31"],
  ["0 0 1 13 ? *", "its month is 13; use 1 to 12, or JAN to DEC"],
  ["0 0 1 0 ? *", "its month is 0"],
  ["0 0 ? * 0 *", "its day of the week is 0"],
  ["0 0 ? * 8 *", "its day of the week is 8"],
  ["0 0 ? * mon *", "its day of the week is mon; write MON"],
  ["0 0 ? * MONDAY *", "its day of the week is MONDAY"],
  ["0 0 1 * ? 1969", "its year is 1969; use 1970 to 2199"],
  ["0 0 1 * ? 2200", "its year is 2200"],
  ["0 0 1 * 2 *", "sets both the day of the month and the day of the week; write ? in one"],
  ["0 0 ? * ? *", "has ? as both the day of the month and the day of the week; write *"],
  ["? 0 1 * ? *", "its minute is ?, which only the day of the month or the day of the week can be"],
  ["0 0 1 * ?", "has 5 fields; write six"],
  ["0 0 1 * ? * *", "has 7 fields"],
  [" 0 0 1 * ? *", "has a space at the start or end"],
  ["0/0 0 1 * ? *", "its minute has the step 0; use 1 to 59"],
  ["0/60 0 1 * ? *", "its minute has the step 60"],
  ["0/x 0 1 * ? *", "its minute has the step x; use a number"],
  ["/5 0 1 * ? *", "its minute lacks a value"],
  ["0/5/5 0 1 * ? *", "its minute has two steps"],
  ["1,, 0 1 * ? *", "its minute lacks a value"],
  ["1- 0 1 * ? *", "its minute lacks a value"],
  ["1-2-3 0 1 * ? *", "its minute has a range with more than two ends"],
  ["0 22-6 * * ? *", "its hour has the range 22-6, which ends before it starts"],
  ["0 0 ? * FRI-MON *", "its day of the week has the range FRI-MON"],
  ["0 0 ? * 3#1,6#3 *", "combines # with other days of the week"],
  ["0 0 ? * 3#6 *", "its day of the week has 6 after #; use 1 to 5"],
  ["0 0 ? * 3# *", "its day of the week has nothing after #"],
  ["0 0 ? * 8#1 *", "its day of the week is 8"],
  ["0 0 ? * 8L *", "its day of the week is 8"],
  ["0 0 32W * ? *", "its day of the month is 32"],
  ["0 0 L-3 * ? *", "its day of the month is L"],
  ["L 0 1 * ? *", "its minute is L"],
  ["0 0 30 2 ? *", "never runs, because none of its months has a day 30"],
  ["0 0 31 4,6,SEP,11 ? *", "never runs, because none of its months has a day 31"],
  ["-1 0 1 * ? *", "its minute lacks a value"],
  ["1.5 0 1 * ? *", "its minute is 1.5"],
  ["0 0 1 * ? 20300", "its year is 20300"],
];

const refused: readonly (readonly [text: string, message: string])[] = [
  ...refusedFields.map(([fields, message]) => [`cron(${fields})`, message] as const),
  ["rate(0 hours)", "its value is 0; use a whole number above 0"],
  ["rate(1 minutes)", "its unit is minutes, but its value is 1; write rate(1 minute)"],
  ["rate(5 minute)", "its unit is minute, but its value is 5; write rate(5 minutes)"],
  ["rate(05 minutes)", "its value is 05; write it without leading zeros"],
  ["rate(-1 minutes)", "its value is -1; use a whole number above 0"],
  ["rate(1.5 hours)", "its value is 1.5"],
  ["rate(5 seconds)", "its unit is seconds; use minutes, hours or days"],
  ["rate(5  minutes)", "is not a rate with a value and a unit"],
  ["rate(minutes)", "is not a rate with a value and a unit"],
  ["rate(9999999999 days)", "its value is 9999999999; use at most 2147483647"],
  ["at(2026-02-30T25:61:61)", "its day is 30, which its month does not have; use 01 to 28"],
  ["at(2026-02-28T25:61:61)", "its hour is 25; use 00 to 23"],
  ["at(2026-02-28T23:61:61)", "its minute is 61"],
  ["at(2026-02-28T23:59:61)", "its second is 61"],
  ["at(1900-02-29T00:00:00)", "its day is 29"],
  ["at(2026-13-01T00:00:00)", "its month is 13; use 01 to 12"],
  ["at(2026-00-01T00:00:00)", "its month is 00"],
  ["at(2026-01-00T00:00:00)", "its day is 00"],
  ["at(2026-01-01T00:00:00Z)", "is not a date and time"],
  ["at(2026-01-01)", "is not a date and time"],
  ["cron 0 6 * * ? *", "is not a schedule expression"],
  ["cron(0 6 * * ? *", "is not a schedule expression"],
  ["Cron(0 6 * * ? *)", "is not a schedule expression"],
  ["every 5 minutes", "is not a schedule expression"],
  ["", "is not a schedule expression"],
  ["toString()", "is not a schedule expression"],
];

describe("A schedule of Application Auto Scaling", () => {
  test.each([...everywhere, ...often, ...rates, ...moments])("may be %s", (text) => {
    expect(autoScalingSchedule(text)).toBeUndefined();
  });

  test.each(refused)("is not %s", (text, message) => {
    expect(autoScalingSchedule(text)).toMatch(told);
    expect(autoScalingSchedule(text)).toContain(message);
  });
});

describe("A schedule of a rule of EventBridge", () => {
  test.each([...everywhere, ...often, ...rates])("may be %s", (text) => expect(ruleSchedule(text)).toBeUndefined());

  test("is no moment", () => {
    expect(ruleSchedule("at(2030-01-31T06:30:00)")).toBe(
      "is at(), which an EventBridge rule does not accept; write cron(30 6 ? * MON-FRI *) or rate(5 minutes)",
    );
  });

  test("has at most 256 characters", () => {
    const minutes = (count: number) => `cron(${Array.from({ length: count }, () => "1").join(",")} 0 1 * ? *)`;
    expect(ruleSchedule(minutes(100))).toBeUndefined();
    expect(ruleSchedule(minutes(200))).toBe("has 415 characters; use at most 256");
  });
});

describe("A schedule of EventBridge Scheduler", () => {
  test.each([...everywhere, ...often, ...rates, ...moments, "rate(1 minutes)"])("may be %s", (text) => {
    expect(schedulerExpression(text)).toBeUndefined();
  });
});

describe("A schedule of AWS Backup", () => {
  test.each(everywhere)("may be %s", (text) => expect(backupSchedule(text)).toBeUndefined());

  test.each(often)("is not %s, which is more than once an hour", (text) => {
    expect(backupSchedule(text)).toBe(
      "runs more than once an hour, which AWS Backup does not accept; use a single minute",
    );
  });

  test("is no rate", () =>
    expect(backupSchedule("rate(1 day)")).toContain("is rate(), which AWS Backup does not accept"));
});

/** The fields of a cron expression by position: their name, range and what the others are meanwhile. */
const fields = [
  ["minute", 0, 59, (value: string) => `${value} 0 1 * ? *`],
  ["hour", 0, 23, (value: string) => `0 ${value} 1 * ? *`],
  ["day of the month", 1, 31, (value: string) => `0 0 ${value} * ? *`],
  ["month", 1, 12, (value: string) => `0 0 1 ${value} ? *`],
  ["day of the week", 1, 7, (value: string) => `0 0 ? * ${value} *`],
  ["year", 1970, 2199, (value: string) => `0 0 1 * ? ${value}`],
] as const;

describe.each(fields)("The %s of a cron expression", (name, min, max, write) => {
  const problem = (value: string | number) => autoScalingSchedule(`cron(${write(String(value))})`);

  test("may be each number of its range and no other", () => {
    for (let value = min; value <= max; value += 1) expect(problem(value)).toBeUndefined();
    for (const value of [min - 1, max + 1, max * 10, 1e9]) {
      if (value >= 0) expect(problem(value)).toContain(`its ${name} is ${value}; use ${min} to ${max}`);
    }
  });

  test("may be any list of values, ranges and steps within its range, and with one outside it is refused", () => {
    const random = seeded(min + max);
    for (let round = 0; round < 200; round += 1) {
      const items = Array.from({ length: random(1, 5) }, () => {
        const first = random(min, max);
        const last = random(first, max);
        const step = random(1, max - min);
        return [`${first}`, `${first}-${last}`, `${first}/${step}`, `${first}-${last}/${step}`, `*/${step}`, "*"][
          random(0, 5)
        ];
      });
      expect([items, problem(items.join(","))]).toEqual([items, undefined]);
      const outside = [
        `${max + random(1, 50)}`,
        `${min}-${max + random(1, 50)}`,
        `${min}/${max - min + random(1, 50)}`,
      ][random(0, 2)];
      items.splice(random(0, items.length), 0, outside);
      expect(problem(items.join(","))).toContain(`its ${name} `);
    }
  });
});

describe("A time zone", () => {
  test.each([
    ...Intl.supportedValuesOf("timeZone"),
    "UTC",
    "Etc/UTC",
    "GMT",
    "Etc/GMT+9",
    "Asia/Kolkata",
    "US/Pacific",
  ])("may be %s", (name) => expect(timeZone(name)).toBeUndefined());

  test("may be newer than the names that are kept here", () => {
    const listed = jest.spyOn(Intl, "supportedValuesOf").mockReturnValue(["Europe/Atlantis"]);
    jest.isolateModules(() => {
      const { timeZone: own } = require("../../../values/languages") as typeof import("../../../values/languages");
      expect(own("Europe/Dublin")).toBeUndefined();
      expect(listed).not.toHaveBeenCalled();
      expect(own("Europe/Atlantis")).toBeUndefined();
      expect(own("Europe/Lemuria")).toContain("is not a time zone");
      expect(listed).toHaveBeenCalledTimes(1);
    });
    listed.mockRestore();
  });

  test.each([
    ["Mars/Olympus", "is not a time zone; use an IANA name such as Europe/Dublin or UTC"],
    ["Europe/Dubln", "is not a time zone; did you mean Europe/Dublin?"],
    ["europe/dublin", "is not a time zone; did you mean Europe/Dublin?"],
    ["utc", "is not a time zone; did you mean UTC?"],
    ["", "is not a time zone; use an IANA name such as Europe/Dublin or UTC"],
    ["+01:00", "is not a time zone; use an IANA name such as Europe/Dublin or UTC"],
    ["x".repeat(100_000), "is not a time zone; use an IANA name such as Europe/Dublin or UTC"],
  ])("is not %.30s", (name, message) => expect(timeZone(name)).toBe(message));
});
