import {
  auroraVersions,
  capacityOfVersionProblem,
  classesLike,
  classOfVersionProblem,
  engineVersionNote,
  engineVersionProblem,
  hasInstanceClass,
  isInstanceClass,
  runtimeDays,
  runtimeNote,
} from "../../values/availability";
import { auroraData } from "../../values/data/aurora-postgresql";

describe("A version of Aurora PostgreSQL", () => {
  test.each(auroraVersions)("%s is taken", (version) => expect(engineVersionProblem(version)).toBeUndefined());

  test.each(auroraData.deprecated.split(" "))("%s is refused, as AWS has deprecated it", (version) => {
    expect(engineVersionProblem(version)).toMatch(/^is a version of Aurora PostgreSQL that AWS has deprecated; use \d/);
  });

  test("is refused with the nearest newer ones of the same major first, then the newest of later majors", () => {
    const newest = (major: number) => auroraVersions.filter((version) => version.startsWith(`${major}.`)).at(-1);
    expect(engineVersionProblem("15.7")).toBe(
      `is a version of Aurora PostgreSQL that AWS has deprecated; use 15.8, 15.10, 15.12, 15.13, 15.14, 15.15, 15.17, ${newest(16)}, ${newest(17)}`,
    );
    expect(engineVersionProblem("13.3")).toMatch(/; use 13\.9, 13\.23, 14\.\d+, 15\.\d+, 16\.\d+, 17\.\d+$/);
  });

  test("is refused where there is none, with the newest of its major", () => {
    expect(engineVersionProblem("16.7")).toMatch(
      /^is not a version of Aurora PostgreSQL \(as of cfn-lint [\d.]+\); use 16\.8, /,
    );
    expect(engineVersionProblem("17.1")).toMatch(/; use 17\.\d+/);
  });

  test("is taken to exist where it is newer than the data, which a note says", () => {
    for (const version of ["17.99", "16.99", "99.1"]) {
      expect(engineVersionProblem(version)).toBeUndefined();
      expect(engineVersionNote(version)).toMatch(
        /^Aurora PostgreSQL \d+\.\d+ is newer than what is known here \(cfn-lint [\d.]+\), and taken to exist\. `aws rds/,
      );
    }
    expect(auroraVersions.flatMap((version) => engineVersionNote(version) ?? [])).toEqual([]);
  });

  test("knows the classes and the capacity of its time only", () => {
    expect(classOfVersionProblem("db.r7g.large", "14.6")).toBe(
      "needs Aurora PostgreSQL 13.10, 14.7, 15.2 or newer, not 14.6; upgrade, or use a class such as db.r6g.large",
    );
    expect(classOfVersionProblem("db.r6gd.xlarge", "13.23")).toContain("needs Aurora PostgreSQL 14.9, 15.4 or newer");
    expect(classOfVersionProblem("db.r7g.large", "16.6")).toBeUndefined();
    expect(capacityOfVersionProblem(256, "14.6")).toBe(
      "is above the 128 capacity units of Aurora PostgreSQL 14.6; use at most 128, or upgrade to 14.10 or newer",
    );
    expect(capacityOfVersionProblem(256, "16.6")).toBeUndefined();
    expect(capacityOfVersionProblem(128, "13.9")).toBeUndefined();
  });
});

describe("An instance class", () => {
  test("is known by region, and serverless in all", () => {
    expect(hasInstanceClass("db.r6g.large", "il-central-1")).toBe(false);
    expect(hasInstanceClass("db.r6g.large", "eu-west-1")).toBe(true);
    expect(hasInstanceClass("db.serverless", "ap-southeast-7")).toBe(true);
    expect(isInstanceClass("db.r7g.3xlarge")).toBe(false);
  });

  test("is like those of its size, then those of its family, which all regions have", () => {
    const like = classesLike("db.r6g.large", ["eu-west-1", "il-central-1"]);
    expect(like.length).toBeGreaterThan(0);
    expect(like[0]).toMatch(/\.large$/);
    for (const name of like) expect([name, hasInstanceClass(name, "il-central-1")]).toEqual([name, true]);
  });
});

describe("A runtime of Lambda", () => {
  test("is worth a note when its end is near or behind", () => {
    expect(runtimeNote("nodejs20.x", new Date("2026-03-01"), ["nodejs22.x", "nodejs20.x"])).toBe(
      "nodejs20.x gets no updates from 2026-04-30 on, and AWS creates no function with it from 2026-06-01 on, and changes none from 2026-07-01 on; use nodejs22.x",
    );
    const late = runtimeNote("nodejs20.x", new Date("2026-11-26"), ["nodejs20.x"]);
    expect(late).toMatch(/has had no updates since 2026-04-30, .* changes none from 2026-07-01 on$/);
    expect(runtimeNote("nodejs22.x", new Date("2026-03-01"))).toBeUndefined();
    expect(runtimeNote("java99", new Date("2026-03-01"))).toBeUndefined();
  });

  test("has its days in order", () => {
    const { deprecated = "", noCreation = "", noUpdate = "" } = runtimeDays("nodejs22.x") ?? {};
    expect([noUpdate, noCreation, deprecated].sort()).toEqual([deprecated, noCreation, noUpdate]);
  });
});
