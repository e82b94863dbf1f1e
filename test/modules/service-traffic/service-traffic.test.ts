import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  executionsFor,
  hoursOf,
  type ServiceTrafficInput,
  serviceTrafficConfig,
  TrafficWeek,
  trafficOfFile,
  type WarmingAdvice,
  warmingAdvice,
} from "../../../modules/service-traffic";
import { breakEvenUtilization, lambdaPricesIn } from "../../../values/prices";
import { temporaryFolder } from "../../support/temporary-folder";
import { adviseOn } from "./example";

const base: ServiceTrafficInput = { requestsPerSecond: 1, averageDurationMs: 100, latency: { objectiveMs: 500 } };
const parsed = (changed: Partial<ServiceTrafficInput>) => serviceTrafficConfig.parse({ ...base, ...changed });
const advised = (changed: Partial<ServiceTrafficInput>, regions = ["eu-west-1"]): WarmingAdvice =>
  warmingAdvice(parsed(changed), { memoryMb: 512 }, regions);
const optionOf = ({ options }: WarmingAdvice, kind: string) => {
  const found = options.find((option) => option.kind === kind);
  if (!found) throw new Error(kind);
  return found;
};

/**
 * Requests of a day, answered one by one by the environment that was used last: what the formulas of the advice stand for. Returns the
 * share that meets a cold start.
 */
function simulated(rate: number, seconds: number, days: number, seed = 7): number {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state + 1) / 2_147_483_649;
  };
  const freeAt: number[] = [];
  let [now, requests, cold] = [0, 0, 0];
  while (now < days * 86_400) {
    now += -Math.log(random()) / rate;
    requests += 1;
    const at = now;
    const index = freeAt.findIndex((free) => free <= at);
    const until = index < 0 ? undefined : freeAt[index];
    if (until === undefined || at - until > 300) cold += 1;
    freeAt[index < 0 ? freeAt.length : index] = at + seconds;
  }
  return cold / requests;
}

describe("The traffic of a service", () => {
  test.each<[string, Partial<ServiceTrafficInput>, string]>([
    ["25 hours", { requestsPerSecond: Array(25).fill(1) }, "has 25 numbers; write 24"],
    ["an objective that warm requests miss", { averageDurationMs: 501 }, "is below averageDurationMs, 501"],
    ["a file outside of the project", { requestsPerSecond: "../x.csv" }, "is not a CSV file of the project"],
    ["a zone that is none", { timezone: "Europe/Dublln" }, "Europe/Dublin"],
  ])("refuses %s", (_, changed, message) => {
    const { error } = serviceTrafficConfig.safeParse({ ...base, ...changed });
    expect(JSON.stringify(error?.issues)).toContain(message);
  });

  test("is a week, whether one number, a day or a week is stated", () => {
    const day = Array.from({ length: 24 }, (_, hour) => hour);
    const week = hoursOf(parsed({ requestsPerSecond: day, peakFactor: 3 }));
    expect(week).toHaveLength(168);
    expect(week[24 + 5]).toEqual({ average: 5, peak: 15 });
    expect(hoursOf(parsed({ requestsPerSecond: 7 }))[100]).toEqual({ average: 7, peak: 14 });
  });

  test("needs executions for what is in work at once, and for ten requests a second each", () => {
    expect(executionsFor(20_000, 50)).toBe(2_000);
    expect(executionsFor(0, 50)).toBe(0);
    // On average 100 at once, of which there are more at times.
    expect(executionsFor(100, 1_000)).toBeGreaterThan(120);
    expect(executionsFor(100, 1_000)).toBeLessThan(140);
  });
});

describe("A file of traffic", () => {
  const folder = temporaryFolder("traffic-");
  const options = { peakFactor: 2, timezone: "UTC", projectRoot: folder };
  const written = (text: string, file = "traffic.csv") => {
    writeFileSync(join(folder, file), text);
    return file;
  };

  test("states hours, with comments before them", () => {
    const lines = Array.from({ length: 24 }, (_, hour) => `${hour},${hour * 2}`);
    const week = trafficOfFile(
      written(`# of May\nhour,requestsPerSecond\n${lines.join("\r\n")}\n`, "hours.csv"),
      options,
    );
    expect(week[24 + 3]).toEqual({ average: 6, peak: 12 });
  });

  test("states a history, of which each hour has the mean, and as its peak the highest that was seen", () => {
    // Two weeks from a Monday on; the second has twice as much, and one burst on Tuesday at 10:30.
    const lines = Array.from({ length: 14 * 48 }, (_, half) => {
      const at = new Date(Date.UTC(2026, 0, 5) + half * 1_800_000).toISOString();
      return `${at},${half === 48 + 21 ? 90 : half < 7 * 48 ? 1 : 2}`;
    });
    const file = written(`timestamp,requestsPerSecond\n${lines.join("\n")}`, "history.csv");
    const week = trafficOfFile(file, options);
    expect(week[0]).toEqual({ average: 1.5, peak: 3 });
    expect(week[24 + 10]).toEqual({ average: (1 + 90 + 2 + 2) / 4, peak: 90 });
    // In Dublin it is the same in winter, in Tokyo nine hours later.
    expect(trafficOfFile(file, { ...options, timezone: "Asia/Tokyo" })[24 + 19]?.peak).toBe(90);
  });

  test("is read again once it has changed", () => {
    const file = written("hour,requestsPerSecond\n", "changing.csv");
    expect(() => trafficOfFile(file, options)).toThrow("has 0 hours");
    const lines = Array.from({ length: 24 }, (_, hour) => `${hour},1`);
    written(`hour,requestsPerSecond\n${lines.join("\n")}`, "changing.csv");
    utimesSync(join(folder, file), 1, 1);
    expect(trafficOfFile(file, options)[0]?.average).toBe(1);
  });

  test.each([
    ["that is not there", undefined, "is not there; write traffic-1.csv in the project"],
    ["with another header", "time,rate\n", 'begins with "time,rate"; begin it with the line hour,requestsPerSecond'],
    ["with a line that is no number", "hour,requestsPerSecond\n0,many\n", "has a line 2 that is no hour with a number"],
    ["with a time that is none", "timestamp,requestsPerSecond\n5 May,1\n", "has a line 2 that is no timestamp"],
    ["with an hour twice", "hour,requestsPerSecond\n0,1\n0,1\n", "has the hour 0 twice"],
    ["with a short history", "timestamp,requestsPerSecond\n2026-01-05 00:00,1\n", "covers less than a day"],
  ])("%s is refused", (_, text, message) => {
    const file = text === undefined ? "traffic-1.csv" : written(text, "wrong.csv");
    expect(() => trafficOfFile(file, options)).toThrow(message);
  });
});

describe("The advice on warming", () => {
  test("is nothing where a cold start is within the objective", () => {
    const { cheapest, allowedColdShare, why } = advised({ coldStartMs: 300, requestsPerSecond: 0.001 });
    expect([cheapest.kind, allowedColdShare]).toEqual(["nothing", 1]);
    expect(why).toContain("A cold request takes 400 ms, which is within the objective of 500 ms.");
  });

  test("is nothing where requests keep the environments warm themselves", () => {
    expect(advised({ requestsPerSecond: 20 }).cheapest.kind).toBe("nothing");
  });

  test("is a warmer for a request now and then", () => {
    const advice = advised({ requestsPerSecond: 0.005, latency: { objectiveMs: 500, percent: 97 } });
    expect(advice.cheapest).toMatchObject({ kind: "warmer", meets: true });
    expect(optionOf(advice, "nothing").meets).toBe(false);
    expect(advice.cheapest.monthlyUsd).toBeLessThan(0.2);
    expect(advice.why).toMatch(/With nothing it would be \d+ %\. Provisioned would cost \d+\.\d\d USD more\./);
  });

  test("is provisioned concurrency where nothing else is sure enough", () => {
    const latency = { objectiveMs: 500, percent: 99.99 };
    expect(advised({ requestsPerSecond: 0.005, latency }).cheapest.kind).toBe("provisioned");
  });

  test("provisions by hour where nights are quiet", () => {
    const day = Array.from({ length: 24 }, (_, hour) => (hour > 7 ? 200 : 1));
    const latency = { objectiveMs: 500, percent: 99.999 };
    const { cheapest } = advised({ requestsPerSecond: day, latency });
    expect(cheapest.kind).toBe("provisioned by hour");
    expect(cheapest.leastEnvironments).toBeLessThan(cheapest.environments / 4);
  });

  test("provisions to save money, only where the price of the region allows it", () => {
    // A steady load of many, of which one provisioned environment is always in use.
    const steady = { requestsPerSecond: 400, peakFactor: 1, averageDurationMs: 1_000, latency: { objectiveMs: 3_000 } };
    const inUse = optionOf(advised(steady, ["us-east-1"]), "provisioned");
    expect(inUse.monthlyUsd).toBeLessThan(optionOf(advised(steady, ["us-east-1"]), "nothing").monthlyUsd);
    expect(optionOf(advised(steady, ["eu-central-1"]), "provisioned").monthlyUsd).toBeGreaterThan(
      optionOf(advised(steady, ["eu-central-1"]), "nothing").monthlyUsd,
    );
  });

  test("asks for more where each hour has to hold the objective", () => {
    const day = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 50 : 0.002));
    const nothing = (each: "week" | "hour") =>
      optionOf(advised({ requestsPerSecond: day, latency: { objectiveMs: 500, each } }), "nothing").meets;
    expect([nothing("week"), nothing("hour")]).toEqual([true, false]);
  });

  test("reckons with what is kept in standby regions too, and says whose prices stand in", () => {
    const [one, two] = [advised({}, ["eu-west-1"]), advised({}, ["eu-west-1", "eu-north-1"])];
    expect(two.assumedPrices).toEqual(["eu-north-1"]);
    const kept = (advice: WarmingAdvice) => optionOf(advice, "provisioned").monthlyUsd;
    expect(kept(two) - kept(one)).toBeCloseTo(
      730 * 3600 * 0.5 * 0.0000033334 * optionOf(one, "provisioned").environments,
      2,
    );
  });

  test.each([
    [0.002, 0.1],
    [0.01, 0.1],
    [0.5, 0.5],
    [3, 1],
  ])(
    "of %d requests/s of %d s counts as many cold requests as requests one by one do, give or take a half",
    (rate, seconds) => {
      const week = new TrafficWeek(
        parsed({
          requestsPerSecond: rate,
          averageDurationMs: seconds * 1000,
          peakFactor: 1,
          latency: { objectiveMs: 5_000 },
        }),
      );
      const share = week.coldShare(week.coldByHour(0));
      const counted = simulated(rate, seconds, Math.max(2, Math.min(60, 60 / rate / 86.4)));
      // The simulation knows no environments that are replaced, and the formula has at most one in two hours of each.
      const replaced = (0.5 / 3600 / rate) * 12;
      expect(share).toBeGreaterThan(counted * 0.5);
      expect(share).toBeLessThan(counted * 1.5 + replaced);
    },
  );
});

test("The example of the README advises a warmer, as a quarter of the requests would meet a cold start without", () => {
  expect(adviseOn(["eu-west-1"])).toMatch(/^warmer, 1: 3 % of the requests .* With nothing it would be 2[3-7] %/);
});

describe("Prices", () => {
  test("give the utilization from which provisioned concurrency saves money", () => {
    const at = (region: string) => Math.round(breakEvenUtilization(lambdaPricesIn(region)) * 1000) / 10;
    const regions = ["us-east-1", "eu-west-1", "eu-central-1", "ap-northeast-1"];
    expect(regions.map((region) => [region, at(region)])).toEqual([
      ["us-east-1", 60],
      ["eu-west-1", 79.7],
      ["eu-central-1", 101],
      ["ap-northeast-1", 131.1],
    ]);
  });
});
