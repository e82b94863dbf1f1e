import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PlanRolloutOptions, planRollout } from "../../rollout";
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
    // The order of deployment is one thing, reading another: `last` reads nothing.
    expect(started).toEqual(["keys", "other", "last", "data"]);
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
      data: { fails: "plan" },
      other: {},
    });
    await expect(planRollout(options(run, { concurrency: 2 }))).rejects.toThrow(
      /^data: terraform plan .*Invalid queue/s,
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
