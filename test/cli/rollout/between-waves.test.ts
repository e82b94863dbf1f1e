import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BetweenWaves, type BetweenWavesOptions } from "../../../cli/rollout/between-waves";
import { checksIn } from "../../../cli/rollout/checks";
import { defineEnvironment } from "../../../config";
import prod from "../../../environments/prod";
import { type AlarmNow, Journal, type Wave } from "../../../rollout";
import { configuration, plan, update } from "../../gates/plans";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
const [home, standby] = ["eu-west-1", "eu-central-1"] as const;
const stackOf = (region: string) => `prod-services-${region}`;
const output = join(folder, "output");
const write = (path: string, content: object) => {
  mkdirSync(dirname(join(output, path)), { recursive: true });
  writeFileSync(join(output, path), JSON.stringify(content));
};

const regions = [home, standby];
write("manifest.json", {
  stacks: Object.fromEntries(
    regions.map((region) => [
      stackOf(region),
      { name: stackOf(region), workingDirectory: `stacks/${stackOf(region)}`, dependencies: [] },
    ]),
  ),
});
for (const region of regions) write(`stacks/${stackOf(region)}/cdk.tf.json`, {});

const alias = { function_name: "prod-orders", name: "live" };
const address = "aws_lambda_alias.orders_function_alias";
const moving = (region: string) => ({
  stack: stackOf(region),
  plan: plan(
    [update(address, { ...alias, function_version: "2" }, { ...alias, function_version: "3" })],
    configuration({ [address]: region }),
  ),
  hasChanges: true,
  state: {},
  predictedFrom: [],
  predicted: [],
});
const waves: readonly Wave[] = [standby, home].map((region) => ({ region, stacks: [stackOf(region)] }));
const [first, last] = waves as readonly [Wave, Wave];

const { rollout: _, ...input } = prod.input;
const parsed = (rollout: object) => defineEnvironment({ ...input, rollout }).parse();
const parsedOnce = parsed({ healthyForMinutes: 2, askEverySeconds: 60, checks: { orders: [] } });
const off = { ...parsedOnce, rollout: { ...parsedOnce.rollout, healthyForMinutes: 0 } };

let journals = 0;
function between(more: Partial<BetweenWavesOptions> & { readonly alarms?: () => AlarmNow[] } = {}) {
  const { alarms = () => [] } = more;
  const calls: string[] = [];
  let time = 0;
  let version = "3";
  const journal = more.journal ?? new Journal(join(folder, `${journals++}.jsonl`), "bundle");
  const options: BetweenWavesOptions = {
    file: "rollouts/prod-1.rollout",
    environment: parsedOnce,
    output,
    waves,
    reviewed: [moving(standby), moving(home)],
    journal,
    simulated: false,
    clock: {
      now: () => time,
      wait: async (ms) => {
        time += ms;
        calls.push(`wait ${ms}`);
      },
    },
    asking: {
      alarms: async (region) => {
        calls.push(`alarms ${region}`);
        return alarms();
      },
      check: async () => undefined,
    },
    aliases: {
      read: async () => ({ version, revisionId: "r" }),
      move: async ({ region }, to) => {
        calls.push(`move ${region} ${to}`);
        version = to;
      },
    },
    stateOf: async () => ({}),
    ...more,
  };
  return { it: new BetweenWaves(options), calls, journal };
}

const alarm: AlarmNow = { name: "prod-orders-errors", state: "ALARM", reason: "too many" };

beforeEach(() => {
  jest.spyOn(process.stderr, "write").mockImplementation(() => true);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe("Between waves", () => {
  test("alarms of both regions are asked before, and those of the region after its wave until the time is over", async () => {
    const { it, calls, journal } = between();
    await it.before();
    await it.after(first, true);
    const round = `alarms ${standby}`;
    expect(calls).toEqual([round, `alarms ${home}`, round, "wait 60000", round, "wait 60000", round]);
    expect(journal.ofWave(first.stacks)?.step).toBe("healthy");
    // The same command again: what was healthy is not waited for anew.
    calls.length = 0;
    await it.before();
    await it.after(first, true);
    expect(calls).toEqual([`alarms ${home}`]);
  });

  test("nothing is asked of a wave without changes, of one that serves nothing, and where it is off", async () => {
    const { it, calls } = between();
    await it.after(first, false);
    await it.after({ region: null, stacks: ["prod-keys"] }, true);
    const none = between({ environment: off });
    await none.it.before();
    await none.it.after(first, true);
    expect([...calls, ...none.calls]).toEqual([]);
  });

  test("an alarm from before refuses the rollout, unless it is named", async () => {
    await expect(between({ alarms: () => [alarm] }).it.before()).rejects.toThrow("--despite-alarms prod-orders-errors");
    await between({ alarms: () => [alarm], despiteAlarms: "prod-orders-errors" }).it.before();
  });

  test("an alarm after a wave stops: what stands, what does not, and the way back, which is another command", async () => {
    const { it, calls, journal } = between({ alarms: () => [alarm], onAlarm: "stop" });
    await expect(it.after(first, true)).rejects.toMatchObject({
      exitCode: 3,
      message: [
        `${standby}: is not healthy after its wave:`,
        "  alarm prod-orders-errors is in ALARM: too many",
        `Applied: ${stackOf(standby)}.`,
        `Not applied: ${stackOf(home)}.`,
        `The way back: \`evenkeel apply rollouts/prod-1.rollout --way-back\` puts prod-orders:live to version 2 in ${standby}.`,
        "To go on once it is healthy again: the same command as before.",
      ].join("\n"),
    });
    expect(calls).toEqual([`alarms ${standby}`]);
    await journal.note(stackOf(standby), "done");
    expect(await it.wayBack()).toMatchObject([{ region: standby, before: "2", result: "moved" }]);
    await expect(it.before()).rejects.toThrow("was taken back on");
    // Killed in between: the same command once more.
    expect(await it.wayBack()).toMatchObject([{ result: "was there" }]);
  });

  test("tells what is not healthy and goes the way back also where that cannot be written down elsewhere", async () => {
    const journal = await Journal.open(join(folder, `${journals++}.jsonl`), "bundle", {
      shown: "s3://states/one.journal.jsonl",
      read: async () => "",
      write: () => Promise.reject(new Error("it is not allowed")),
    });
    const { it, calls } = between({ alarms: () => [alarm], onAlarm: "back", journal });
    await expect(it.after(last, true)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        /is in ALARM: too many\ns3:.*it is not allowed[\s\S]*is back at version 2\.\ns3:.*it is not allowed/,
      ),
    });
    expect(calls).toEqual([`alarms ${home}`, `move ${home} 2`]);
    expect(journal.ofWave(last.stacks)?.step).toBe("taken back");
  });

  test("goes the way back without a question where that is said", async () => {
    const { it, calls, journal } = between({ alarms: () => [alarm], onAlarm: "back" });
    await expect(it.after(last, true)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`prod-orders:live in ${home} is back at version 2.`),
    });
    expect(calls).toEqual([`alarms ${home}`, `move ${home} 2`]);
    expect(journal.ofWave(last.stacks)?.step).toBe("taken back");
  });

  test("there is no way back from a wave that was healthy, or that was not applied", async () => {
    const { it, journal } = between();
    await expect(it.wayBack()).rejects.toThrow("nothing to take back");
    await journal.note(stackOf(standby), "done");
    await journal.noteWave(first.stacks, "healthy");
    await expect(it.wayBack()).rejects.toThrow("was healthy for as long as it should be");
  });

  test("a bundle that goes in another order is refused", async () => {
    const { it } = between({ waves: [last, first] });
    await expect(it.before()).rejects.toThrow("goes in other waves than its plans ask for");
  });

  test("the simulated cloud is asked once, and none of its APIs", async () => {
    const { it, calls } = between({ simulated: true });
    await it.after(first, true);
    expect(calls).toEqual([`alarms ${standby}`]);
  });
});

describe("Checks", () => {
  test("are those of the environment, else the path of the health check of a domain", () => {
    expect(checksIn(parsedOnce, home).filter(({ service }) => service === "orders")).toEqual([]);
    const stated = { ...parsedOnce, rollout: { ...parsedOnce.rollout, checks: {} } };
    for (const { path, expectedStatus } of checksIn(stated, home))
      expect([path, expectedStatus]).toEqual(["/health", undefined]);
    expect(checksIn(stated, home).length).toBeGreaterThan(0);
  });
});
