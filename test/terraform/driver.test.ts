import { basename } from "node:path";
import { DeploymentError, type DriverEvent, deploy, destroy, type Plan, promote } from "../../terraform";
import { type StandIn, standIn } from "./stand-in";

const queue = [["aws_sqs_queue.q", "create"]] as const;

/** The commands in the order in which they began, `keys apply`. */
const begun = ({ calls }: StandIn, command: string) =>
  calls()
    .filter((call) => call.endsWith(` ${command} begin`))
    .map((call) => call.split(" ")[0]);

const indexOf = ({ calls }: StandIn, call: string) => {
  const index = calls().indexOf(call);
  if (index < 0) throw new Error(`there is no "${call}" among ${calls().join(", ")}`);
  return index;
};

describe("deploy", () => {
  test("applies every stack after those whose outputs it reads, in one process each after init", async () => {
    const run = standIn({
      services: { dependencies: ["data", "keys"], changes: queue },
      data: { dependencies: ["keys"], changes: queue },
      keys: { changes: queue },
    });
    const reports = await deploy({ output: run.output, env: run.env, concurrency: 4 });
    expect(reports.map(({ stack }) => stack)).toEqual(["keys", "data", "services"]);
    expect(run.calls()).toEqual(
      ["keys", "data", "services"].flatMap((stack) => [
        `${stack} init begin`,
        `${stack} init end`,
        `${stack} apply begin`,
        `${stack} apply end`,
      ]),
    );
  });

  test("tells what was done to each resource, and the outputs", async () => {
    const changes = [
      ["aws_sqs_queue.new", "create"],
      ["aws_sqs_queue.changed", "update"],
      ["aws_sqs_queue.replaced", "replace"],
      ["aws_sqs_queue.gone", "delete"],
      ["aws_sqs_queue.forgotten", "remove"],
      ["aws_sqs_queue.moved", "move"],
      ["data.aws_region.here", "read"],
    ] as const;
    const run = standIn({ keys: { changes } });
    const events: DriverEvent[] = [];
    const reports = await deploy({ output: run.output, env: run.env, onEvent: (event) => events.push(event) });
    expect(reports).toEqual([
      {
        stack: "keys",
        applied: true,
        changes: [
          { address: "aws_sqs_queue.new", outcome: "added" },
          { address: "aws_sqs_queue.changed", outcome: "changed" },
          { address: "aws_sqs_queue.replaced", outcome: "replaced" },
          { address: "aws_sqs_queue.gone", outcome: "destroyed" },
          { address: "aws_sqs_queue.forgotten", outcome: "forgotten" },
        ],
        outputs: { url: { sensitive: false, value: "https://keys" } },
      },
    ]);
    const counts = { added: 1, changed: 1, replaced: 1, destroyed: 1, forgotten: 1 };
    expect(events).toEqual([
      { type: "started", stack: "keys" },
      { type: "planned", stack: "keys", counts },
      ...["new", "changed", "replaced", "gone", "forgotten"].map((name) => ({
        type: "resource",
        stack: "keys",
        address: `aws_sqs_queue.${name}`,
      })),
      { type: "applied", stack: "keys", counts },
    ]);
  });

  test("works on independent stacks side by side, and on no more than it is told", async () => {
    const scenario = { changes: queue, waitFor: { call: "apply begin", times: 2 } };
    const run = standIn({ a: scenario, b: scenario, c: scenario, d: scenario, e: scenario });
    await deploy({ output: run.output, env: run.env, concurrency: 2 });
    let running = 0;
    const atOnce = run.calls().map((call) => {
      if (call.endsWith("init begin")) running += 1;
      if (call.endsWith("apply end")) running -= 1;
      return running;
    });
    expect(Math.max(...atOnce)).toBe(2);
  });

  test("works on one stack at a time when told so", async () => {
    const run = standIn({ a: {}, b: {} });
    await deploy({ output: run.output, env: run.env, concurrency: 1 });
    expect(indexOf(run, "a apply end")).toBeLessThan(indexOf(run, "b init begin"));
  });

  test("after a failure starts nothing more, lets what runs finish, and names the stack in Terraform's own words", async () => {
    const run = standIn({
      bad: { fails: "apply" },
      good: { changes: queue, waitFor: { call: "bad failed", times: 1 } },
      later: {},
      reader: { dependencies: ["bad"] },
    });
    const onEvent = ({ type, stack }: DriverEvent) => {
      if (type === "failed") run.note(`${stack} failed`);
    };
    const deployed = deploy({ output: run.output, env: run.env, concurrency: 2, onEvent });
    await expect(deployed).rejects.toMatchObject({
      name: "DeploymentError",
      message: [
        "bad: terraform apply -json -input=false -lock-timeout=60s -auto-approve failed:",
        "Error: Invalid queue",
        "  with aws_sqs_queue.q",
        "  on cdk.tf.json line 7",
        "It has no name.",
        "Not started: later, reader.",
      ].join("\n"),
      notStarted: ["later", "reader"],
    });
    expect(run.calls()).toContain("good apply end");
  });

  test("fails when Terraform is killed, and says so", async () => {
    const run = standIn({ keys: { killed: "apply" }, data: { dependencies: ["keys"] } });
    await expect(deploy({ output: run.output, env: run.env })).rejects.toThrow(
      /^keys: terraform apply .* failed \(signal SIGKILL\):\nsignal SIGKILL\nIt was killed, .*\n.*\n.* terraform force-unlock .*\nNot started: data\.$/,
    );
  });

  test("fails when there is no such program", async () => {
    const { output, env } = standIn({ keys: {} });
    await expect(deploy({ output, env: { ...env, TERRAFORM_BINARY_NAME: "no-such-terraform" } })).rejects.toThrow(
      /^keys: no-such-terraform init -json -input=false failed \(spawn no-such-terraform ENOENT\)/,
    );
  });

  test("fails in a folder that was not synthesized", async () => {
    const { output, env } = standIn({});
    await expect(deploy({ output: `${output}/none`, env })).rejects.toThrow(/is not a cdktf output folder/);
    expect(await deploy({ output, env })).toEqual([]);
  });

  test("when told to stop interrupts Terraform once, and starts nothing more", async () => {
    const run = standIn({
      keys: { changes: queue, waitFor: { call: "never", times: 1 } },
      data: { dependencies: ["keys"] },
      other: {},
    });
    const stop = new AbortController();
    const onEvent = ({ type }: DriverEvent) => {
      if (type === "resource") stop.abort();
    };
    const deployed = deploy({ output: run.output, env: run.env, concurrency: 1, signal: stop.signal, onEvent });
    await expect(deployed).rejects.toThrow(
      /^keys: terraform apply .* failed:\nError: execution halted\nInterrupted: [^\n]+\nNot started: data, other\.$/,
    );
    expect(run.calls().filter((call) => call.includes("interrupted"))).toEqual(["keys apply interrupted"]);
  });

  test("works on the stacks that it is told, still in their order", async () => {
    const run = standIn({
      edge: { dependencies: ["data"] },
      data: { dependencies: ["keys"] },
      keys: {},
    });
    const only = (stack: string) => stack !== "data";
    const reports = await deploy({ output: run.output, env: run.env, concurrency: 4, only });
    expect(reports.map(({ stack }) => stack)).toEqual(["keys", "edge"]);
    expect(indexOf(run, "keys apply end")).toBeLessThan(indexOf(run, "edge init begin"));
  });

  test("runs OpenTofu where TERRAFORM_BINARY_NAME says so, and calls it by its name", async () => {
    const run = standIn({ good: { changes: queue }, bad: { fails: "apply", dependencies: ["good"] } }, "tofu");
    expect(basename(run.env.TERRAFORM_BINARY_NAME ?? "")).toBe("tofu");
    await expect(deploy({ output: run.output, env: run.env })).rejects.toThrow(/^bad: tofu apply .* failed:\nError: /);
    expect(begun(run, "apply")).toEqual(["good", "bad"]);
  });
});

describe("promote", () => {
  test("has each plan checked before that same plan is applied", async () => {
    const run = standIn({ keys: { changes: queue }, data: { changes: queue, dependencies: ["keys"] } });
    const checked: [string, Plan][] = [];
    const reports = await promote({
      output: run.output,
      env: run.env,
      check: (stack, plan) => checked.push([stack, plan]) > 0,
    });
    expect(checked.map(([stack, plan]) => [stack, plan])).toEqual(
      ["keys", "data"].map((stack) => [stack, { format_version: "1.2", variables: { stack } }]),
    );
    expect(reports.map(({ stack, applied }) => [stack, applied])).toEqual([
      ["keys", true],
      ["data", true],
    ]);
    expect(run.calls().filter((call) => call.startsWith("keys") && call.endsWith("begin"))).toEqual(
      ["init", "plan", "show", "apply"].map((command) => `keys ${command} begin`),
    );
  });

  test("applies nothing more once a plan was refused", async () => {
    const run = standIn({ keys: { changes: queue }, data: { changes: queue, dependencies: ["keys"] }, other: {} });
    const reports = await promote({
      output: run.output,
      env: run.env,
      concurrency: 1,
      check: (stack) => stack !== "keys",
    });
    expect(reports.map(({ stack, applied }) => [stack, applied])).toEqual([["keys", false]]);
    expect(begun(run, "apply")).toEqual([]);
  });

  test("applies no plan without changes", async () => {
    const run = standIn({ keys: {} });
    const [report] = await promote({ output: run.output, env: run.env, check: () => true });
    expect(report).toMatchObject({ applied: true, changes: [] });
    expect(begun(run, "apply")).toEqual([]);
  });

  test("throws a defect of the check as it is", async () => {
    const run = standIn({ keys: { changes: queue }, data: { dependencies: ["keys"] } });
    const check = () => {
      throw new TypeError("a defect");
    };
    await expect(promote({ output: run.output, env: run.env, check })).rejects.toThrow(TypeError);
    expect(begun(run, "apply")).toEqual([]);
  });

  test("names the stack whose plan fails", async () => {
    const run = standIn({ keys: { fails: "plan" } });
    await expect(promote({ output: run.output, env: run.env, check: () => true })).rejects.toThrow(DeploymentError);
  });
});

describe("destroy", () => {
  test("destroys every stack before those whose outputs it reads", async () => {
    const run = standIn({
      keys: {},
      data: { dependencies: ["keys"] },
      services: { dependencies: ["data"] },
    });
    await destroy({ output: run.output, env: run.env, concurrency: 4 });
    expect(begun(run, "destroy")).toEqual(["services", "data", "keys"]);
    expect(indexOf(run, "services destroy end")).toBeLessThan(indexOf(run, "data init begin"));
  });
});

describe("promote, where something leaves", () => {
  const leaves = [
    ["aws_cloudfront_distribution.d", "update"],
    ["aws_lambda_function.f", "delete"],
  ] as const;
  const check = () => true;

  test("applies what stays first where a part was refused, and has all three plans checked", async () => {
    const run = standIn({ edge: { changes: leaves, inUse: true } });
    const checked: string[] = [];
    const events: DriverEvent[] = [];
    const [report] = await promote({
      output: run.output,
      env: run.env,
      check: (stack) => checked.push(stack) > 0,
      onEvent: (event) => events.push(event),
    });
    expect(checked).toEqual(["edge", "edge", "edge"]);
    expect(report).toMatchObject({ applied: true, changes: [{ outcome: "changed" }, { outcome: "destroyed" }] });
    expect(events).toContainEqual({ type: "again", stack: "edge" });
    expect(begun(run, "apply")).toEqual(["edge", "edge", "edge"]);
  });

  test("does not try again where nothing stays or nothing goes, nor after a second failure", async () => {
    for (const changes of [leaves.slice(0, 1), leaves.slice(1)]) {
      const run = standIn({ edge: { changes, inUse: true } });
      await expect(promote({ output: run.output, env: run.env, check })).rejects.toThrow("QueueInUse");
      expect(begun(run, "apply")).toEqual(["edge"]);
    }
    const run = standIn({ edge: { changes: leaves, fails: "apply" } });
    await expect(promote({ output: run.output, env: run.env, check })).rejects.toThrow(DeploymentError);
    expect(begun(run, "apply")).toEqual(["edge", "edge"]);
  });

  test("applies nothing more once a later plan was refused", async () => {
    const run = standIn({ edge: { changes: leaves, inUse: true } });
    let asked = 0;
    const [report] = await promote({ output: run.output, env: run.env, check: () => ++asked < 2 });
    expect([report?.applied, begun(run, "apply")]).toEqual([false, ["edge"]]);
  });

  test("writes the outputs of a stack that comes later, once for all that read them", async () => {
    const reader = { lacksOutputOf: "keys", reads: ["keys"], changes: queue };
    const run = standIn({ keys: { dependencies: ["a", "b"], reads: [], changes: queue }, a: reader, b: reader });
    const reports = await promote({ output: run.output, env: run.env, check, concurrency: 1 });
    expect(reports.map(({ stack, applied }) => [stack, applied])).toEqual([
      ["a", true],
      ["b", true],
      ["keys", true],
    ]);
    expect(begun(run, "refresh")).toEqual(["keys"]);
  });

  test("leaves outputs alone in the order of a deployment, and where something is no longer found", async () => {
    const lacks = "does not have an attribute";
    const reader = { lacksOutputOf: "keys", changes: queue };
    const forward = standIn({ keys: {}, a: { ...reader, dependencies: ["keys"] } });
    await expect(promote({ output: forward.output, env: forward.env, check })).rejects.toThrow(lacks);
    expect(begun(forward, "refresh")).toEqual([]);

    const lost = {
      address: "aws_sqs_queue.q",
      mode: "managed",
      type: "aws_sqs_queue",
      change: { actions: ["delete"] },
    } as const;
    const gone = standIn({
      keys: { dependencies: ["a"], reads: [], changes: queue, plan: { resource_drift: [lost] } },
      a: { ...reader, reads: ["keys"] },
    });
    await expect(promote({ output: gone.output, env: gone.env, check })).rejects.toThrow(lacks);
    expect(begun(gone, "apply")).toEqual([]);
  });

  test("destroys by what is read, not by the order of removal", async () => {
    const run = standIn({
      keys: { dependencies: ["services"], reads: [], changes: queue },
      services: { dependencies: [], reads: ["keys"], changes: queue },
    });
    await destroy({ output: run.output, env: run.env });
    expect(begun(run, "destroy")).toEqual(["services", "keys"]);
  });
});
