import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { documents } from "../../cli/documents";
import { backtestSvg } from "../../cli/warm/picture";
import { readTrace } from "../../cli/warm/trace";
import { peakOf } from "../../forecast";
import { folder, page, pageWith, results } from "../../scripts/warm-backtests/results";
import { csvOf, shapes } from "../../scripts/warm-backtests/shapes";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const lines = (...rows: string[]): string => rows.join("\n");
const at = (hour: string): number => Date.parse(`2026-01-05T${hour}:00Z`);

describe("A file of traffic", () => {
  test("of requests becomes environments by duration, the busiest line of an hour as its need", () => {
    const text = lines(
      "# of a test",
      "time,requests",
      "2026-01-05T00:00,900",
      "2026-01-05T00:30,3600",
      "2026-01-05T01:00,0",
    );
    // 900 requests of 2 s in 30 minutes are 1 at once on average, 3,600 are 4.
    expect(readTrace(text, "a.csv", { durationMs: 2_000 })).toEqual([
      { start: at("00"), need: peakOf(4), busy: 2.5 },
      { start: at("01"), need: 0, busy: 0 },
    ]);
  });

  test("of concurrency is taken as it is", () => {
    const text = lines("Timestamp,ConcurrentExecutions", "2026-01-05 00:00:00,4", "2026-01-05T01:00:00+00:00,10");
    expect(readTrace(text, "a.csv", {}).map(({ start, need }) => [start, need])).toEqual([
      [at("00"), 4],
      [at("01"), 10],
    ]);
  });

  test("is scaled to a peak, whatever it counts", () => {
    const rows = ["2026-01-05T00:00,1", "2026-01-05T01:00,4"];
    for (const title of ["time,requests", "time,maximum"]) {
      expect(readTrace(lines(title, ...rows), "a.csv", { peak: 40 }).map(({ need }) => need)[1]).toBe(40);
    }
  });

  test.each([
    [lines("2026-01-05T00:00,4"), "a.csv: has no title line; begin it with time,requests or time,concurrency"],
    [lines("time,requests", "tomorrow,4"), 'a.csv:2: "tomorrow" is no time; write it as 2026-01-31T13:00, in UTC'],
    [lines("time,requests", "2026-01-05,-4"), 'a.csv:2: "-4" is no number; write how many there were, 0 or more'],
    [lines("time,requests", "2026-01-05,4"), "a.csv: has fewer than two times; a forecast learns from weeks of hours"],
    [
      lines("time,requests", "2026-01-05,4", "2026-01-06,4"),
      "a.csv: has a line every 24 hours; bring one with a line an hour",
    ],
    [lines("time,requests", "2026-01-05T00:00,0", "2026-01-05T01:00,0"), "a.csv: has no traffic; every number is 0"],
    [
      lines("time,requests", "2026-01-05T00:00,1", "2026-01-05T01:00,2"),
      "a.csv: counts requests; say how long one takes",
    ],
  ])("is refused as %j", (text, message) => {
    expect(() => readTrace(text, "a.csv", {})).toThrow(message);
  });
});

describe("The results of the documentation", () => {
  const plots = temporaryFolder();
  const tables = results(plots);

  test("are those of `npm run warm-backtests`", () => {
    expect(readFileSync(page, "utf8")).toBe(pageWith(tables));
    for (const shape of shapes) {
      expect(readFileSync(join(folder, `${shape.name}.csv`), "utf8")).toBe(csvOf(shape));
      expect(readFileSync(join(folder, `${shape.name}.svg`), "utf8")).toBe(
        readFileSync(join(plots, `${shape.name}.svg`), "utf8"),
      );
    }
  });

  test("say that a forecast is cheaper than a fixed number with as many cold requests, for each file", () => {
    const changes = tables.match(/[+-][\d.]+ %/g) ?? [];
    expect(changes).toHaveLength(6 * 4);
    expect(changes.filter((change) => change.startsWith("+"))).toEqual([]);
  });
});

test("A plot escapes what is in a title", () => {
  const hours = [{ start: "2026-01-05T00:00:00.000Z", need: 1, warm: 2 }];
  const picture = backtestSvg({ title: "<script> & more", hours, fixed: 1, costs: [] });
  expect(picture).toContain("&lt;script&gt; &amp; more");
  expect(picture).not.toContain("<script>");
});

describe("evenkeel warm backtest", () => {
  const cwd = temporaryFolder();
  const evenkeel = (...args: string[]) =>
    runProcess(process.execPath, [resolve("dist", "cli", "main.js"), "warm", "backtest", ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
    });
  const balancer = resolve(folder, "load-balancer.csv");

  test("prints a table and a chart, and writes a plot, outside of a project too", async () => {
    const run = await evenkeel(balancer, "--peak", "100", "--min-days", "7");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^predictive\t[\d.]+\t\d+\t[\d,]+ h\t[\d.]+ USD$/m);
    expect(run.stdout).toMatch(/^needed [▁▂▃▄▅▆▇█]{56}$/m);
    expect(readFileSync(join(cwd, ".evenkeel", "warm", "load-balancer.svg"), "utf8")).toMatch(/^<svg /);
  });

  test("prints its document with --json", async () => {
    const { code, stdout } = await evenkeel(balancer, "--peak", "9", "--min-days", "7", "--json", "--output", "a.svg");
    const type = documents.find(({ verb }) => verb === "warm backtest");
    expect(code).toBe(0);
    expect(type?.schema.parse(JSON.parse(stdout))).toMatchObject({
      days: 7,
      picture: "a.svg",
      lastHours: { length: 168 },
    });
  });

  test("says what is wrong with a file and with options, with exit code 1", async () => {
    writeFileSync(
      join(cwd, "short.csv"),
      csvOf(shapes[0] as (typeof shapes)[number])
        .split("\n")
        .slice(0, 300)
        .join("\n"),
    );
    for (const [args, message] of [
      [["none.csv"], "none.csv: is not there; name a CSV file with time,requests"],
      [["short.csv", "--peak", "9"], "short.csv: has no whole day after the first 14 days"],
      [["short.csv", "--peak", "9", "--min", "5", "--max", "4"], "--min 5: is above --max 4; use at most that"],
      [["short.csv", "--coverage", "100"], "It must be a percentage from 50 to below 100."],
      [["short.csv", "--min-days", "3"], "It must be 7 or more: a week."],
    ] as const) {
      const { code, stderr } = await evenkeel(...args);
      expect([code, stderr.replaceAll("\n", " ")]).toEqual([1, expect.stringContaining(message)]);
    }
  });
});
