import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyRollout, Journal, type PlanRolloutOptions, planRollout, StateMovedError } from "../../rollout";
import type { DriverEvent, Plan } from "../../terraform";
import { type Scenario, type StandIn, standIn } from "../terraform/stand-in";

type Stack = Scenario & { readonly from?: readonly string[] };

/** Stacks with states in files, each of which reads those that it names. */
function rolloutOf(stacks: Readonly<Record<string, Stack>>): StandIn {
  const run = standIn(stacks);
  for (const [name, { from = [] }] of Object.entries(stacks)) {
    writeFileSync(
      join(run.output, "stacks", name, "cdk.tf.json"),
      JSON.stringify({
        terraform: { backend: { local: { path: join("..", name, "own.tfstate") } } },
        data: { terraform_remote_state: Object.fromEntries(from.map((other) => [`read-${other}`, remote(other)])) },
      }),
    );
  }
  return run;
}
const remote = (stack: string) => ({ backend: "local", config: { path: join("..", stack, "own.tfstate") } });

const options = (run: StandIn, more: Partial<PlanRolloutOptions> = {}): PlanRolloutOptions => ({
  output: run.output,
  // Copies of stacks have no scenario of their own.
  env: { ...run.env, SCENARIO: "{}" },
  scratch: join(run.output, "scratch"),
  ...more,
});

/** A plan that puts out something else, which it knows. */
const putsOut = {
  output_changes: { arn: { actions: ["create"], after: "arn:aws:sqs:eu-west-1:1:a", after_unknown: false } },
} satisfies Partial<Plan>;

describe("A rollout", () => {
  test("plans side by side what waits for nothing, and tells in the order of deployment", async () => {
    const run = rolloutOf({
      keys: { plan: putsOut, planWaitsFor: { call: "other plan end", times: 1 } },
      data: { from: ["keys"], dependencies: ["keys"] },
      other: { planWaitsFor: { call: "keys plan begin", times: 1 } },
      last: { dependencies: ["other"] },
    });
    const events: DriverEvent[] = [];
    const { stacks } = await planRollout(options(run, { concurrency: 2, onEvent: (event) => events.push(event) }));
    expect(stacks.map(({ stack, predictedFrom }) => [stack, predictedFrom])).toEqual([
      ["keys", []],
      ["data", ["keys"]],
      ["other", []],
      ["last", []],
    ]);
    const started = events.filter(({ type }) => type === "started").map(({ stack }) => stack);
    expect([started.slice(0, 2), [...started].sort()]).toEqual([
      ["keys", "other"],
      ["data", "keys", "last", "other"],
    ]);
    expect(run.calls().indexOf("keys show end")).toBeLessThan(run.calls().indexOf("data plan begin"));
  });

  test("plans no more at once than it is told", async () => {
    const run = rolloutOf({ keys: {}, data: {}, other: {} });
    await planRollout(options(run, { concurrency: 1 }));
    const commands = run.calls().map((call) => call.split(" ")[0]);
    expect(commands.filter((name, index) => name !== commands[index - 1])).toEqual(["keys", "data", "other"]);
  });

  test("stops the others when one fails, waits for them, and throws what failed", async () => {
    const run = rolloutOf({
      keys: { planWaitsFor: { call: "never", times: 1 } },
      data: { planWaitsFor: { call: "keys plan begin", times: 1 }, fails: "show" },
      other: {},
    });
    await expect(planRollout(options(run, { concurrency: 2 }))).rejects.toThrow(
      /^data: terraform show .*Invalid queue/s,
    );
    expect(run.calls()).toContain("keys plan interrupted");
    expect(run.calls().at(-1)).toBe("keys plan end");
    expect(run.calls().join()).not.toContain("other");
    expect(existsSync(join(run.output, "scratch"))).toBe(false);
  });

  test("is interrupted by a signal, each plan once", async () => {
    const stop = new AbortController();
    const forever = { planWaitsFor: { call: "never", times: 1 } };
    const run = rolloutOf({ keys: forever, data: forever, other: {} });
    const planning = planRollout(options(run, { concurrency: 2, signal: stop.signal }));
    const begun = () => run.calls().filter((call) => call.endsWith("plan begin")).length;
    while (begun() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await expect(planning).rejects.toThrow("execution halted");
    expect(
      run
        .calls()
        .filter((call) => call.endsWith("interrupted"))
        .sort(),
    ).toEqual(["data plan interrupted", "keys plan interrupted"]);
    expect(run.calls().join()).not.toContain("other");
  });
});

const state = (serial: number) => ({ lineage: "a", serial });
/** A plan that puts out what the state has. */
const putsOutTheSame = {
  output_changes: { arn: { actions: ["no-op"], before: "a", after: "a" } },
} satisfies Partial<Plan>;
const planned = (run: StandIn): string[] =>
  run
    .calls()
    .filter((call) => call.endsWith("plan begin"))
    .map((call) => call.split(" ")[0] ?? "");

describe("A rollout beside a base", () => {
  const same = new Set(["keys", "data", "edge"]);

  test("leaves stacks alone that are as they were and read nothing that changes, but looks at the states that are read", async () => {
    const run = rolloutOf({
      keys: { stored: state(3) },
      data: { from: ["keys"], stored: state(4) },
      services: { from: ["data"], plan: putsOut },
      edge: {},
    });
    const rollout = await planRollout(options(run, { same }));
    expect(planned(run)).toEqual(["services"]);
    expect(rollout.stacks.map(({ stack }) => stack)).toEqual(["services"]);
    expect(rollout.unchanged).toEqual([{ stack: "keys" }, { stack: "data", state: state(4) }, { stack: "edge" }]);
    expect(rollout.leftOut).toEqual([]);
  });

  test("plans a stack that is as it was where it reads of one that puts out something else", async () => {
    const run = rolloutOf({
      base: { plan: putsOut },
      keys: { from: ["base"], plan: putsOutTheSame },
      data: { from: ["keys"] },
      edge: { from: ["base"] },
    });
    const rollout = await planRollout(options(run, { same, concurrency: 1 }));
    expect(planned(run)[0]).toBe("base");
    expect(rollout.stacks.map(({ stack, predictedFrom }) => [stack, predictedFrom])).toEqual([
      ["base", []],
      ["keys", ["base"]],
      ["edge", ["base"]],
    ]);
    expect(rollout.unchanged.map(({ stack }) => stack)).toEqual(["data"]);
  });
});

describe("A rollout of chosen stacks", () => {
  const only = (stack: string) => stack === "services";

  test("plans what they read as well, and says nothing of it but its state", async () => {
    const run = rolloutOf({
      keys: { stored: state(3) },
      data: { from: ["keys"], stored: state(4), changes: [["aws_sqs_queue.q", "update"]], plan: putsOutTheSame },
      services: { from: ["data"], plan: putsOut },
      edge: { from: ["services"] },
    });
    const rollout = await planRollout(options(run, { only }));
    expect([...planned(run)].sort()).toEqual(["data", "keys", "services"]);
    expect(rollout.stacks.map(({ stack, predictedFrom }) => [stack, predictedFrom])).toEqual([["services", []]]);
    expect(rollout.leftOut).toEqual([{ stack: "keys" }, { stack: "data", state: state(4) }, { stack: "edge" }]);
    expect(rollout.foretold).toEqual({ services: {} });
  });

  test("is refused where one of them reads of a stack that is left out and puts out something else", async () => {
    const run = rolloutOf({
      keys: {},
      data: { from: ["keys"], plan: putsOut },
      services: { from: ["data"] },
    });
    await expect(planRollout(options(run, { only }))).rejects.toThrow(
      "--stacks: services reads of data, which is left out and would put out something else; choose it too, or apply it first",
    );
    expect(planned(run)).not.toContain("services");
  });
});

describe("The apply of a rollout", () => {
  const rollout = async (stored: unknown) => {
    const run = rolloutOf({ keys: { stored }, data: { from: ["keys"] } });
    return applyRollout({
      ...options(run),
      reviewed: [],
      foretold: {},
      untouched: [{ stack: "keys", state: { lineage: "a", serial: 3 } }, { stack: "data" }],
      journal: new Journal(join(run.output, "journal"), "digest"),
    }).then(
      () => run.calls(),
      (error: unknown) => error,
    );
  };

  test("looks at the state of what it does not touch where it is read, and at nothing else of it", async () => {
    const calls = await rollout(state(3));
    expect(calls).toEqual(["keys init begin", "keys init end", "keys state begin", "keys state end"]);
  });

  test("is refused where such a state has moved", async () => {
    expect(await rollout(state(4))).toEqual(new StateMovedError(["keys"]));
  });
});
