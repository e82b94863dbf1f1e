import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { BetweenWaves } from "../../../cli/rollout/between-waves";
import { journalCopyOf } from "../../../cli/rollout/journal-copy";
import prod from "../../../environments/prod";
import sandbox from "../../../environments/sandbox";
import { applyRollout, Journal } from "../../../rollout";
import { type StateStore, startStateStore } from "../../../simulator/state-store";
import { ObjectStore } from "../../../simulator/state-store/objects";
import { configuration, plan, update } from "../../gates/plans";
import { inPlaceOfAws } from "../../support/in-place-of-aws";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Scenario, standIn } from "../../terraform/stand-in";

const objects = new ObjectStore(temporaryFolder("evenkeel-journals-"));
let restore: () => void;
const environment = prod.parse();
const { state } = environment;
const bucket = state.backend === "s3" ? state.bucket : "";
let store: StateStore;

beforeAll(async () => {
  store = await startStateStore({ objects, account: "111122223333" });
  restore = inPlaceOfAws(store.url);
});
afterAll(async () => {
  await store.stop();
  restore();
});

function copyOf(bundle: string) {
  const copy = journalCopyOf(environment, bundle);
  if (!copy) throw new Error("prod has its states in S3");
  return copy;
}
const keyOf = (bundle: string) => `${state.backend === "s3" && state.keyPrefix}/rollouts/prod/${bundle}.journal.jsonl`;

/** A checkout with a workplace of its own. */
function checkout(data: Scenario = {}) {
  const version = { lineage: "a", serial: 3 };
  const changes = [["aws_sqs_queue.q", "update"]] as const;
  const run = standIn({ keys: { changes, stored: version }, data: { changes, stored: version, ...data } });
  for (const stack of ["keys", "data"]) writeFileSync(join(run.output, "stacks", stack, "cdk.tf.json"), "{}");
  const reviewed = ["keys", "data"].map((stack) => ({
    stack,
    plan: plan([]),
    hasChanges: true,
    state: version,
    predictedFrom: [],
    predicted: [],
  }));
  const apply = (journal: Journal) =>
    applyRollout({ output: run.output, env: { ...run.env }, reviewed, foretold: {}, journal });
  const applies = () => run.calls().filter((call) => call.endsWith("apply begin"));
  return { file: join(temporaryFolder(), "journal.jsonl"), apply, applies };
}

// Its verbs are processes of their own, a dozen of them: a busy machine is no fault.
jest.setTimeout(300_000);

describe("The journal of a rollout beside the states in S3", () => {
  test("lets another checkout go on where the first one stopped, and do nothing twice", async () => {
    const first = checkout({ fails: "apply" });
    await expect(first.apply(await Journal.open(first.file, "one", copyOf("one")))).rejects.toThrow();
    expect(first.applies()).toEqual(["keys apply begin", "data apply begin"]);

    const second = checkout();
    const journal = await Journal.open(second.file, "one", copyOf("one"));
    expect([journal.of("keys")?.step, journal.of("data")?.step]).toEqual(["done", "begun"]);
    const stacks = await second.apply(journal);
    expect(stacks.map(({ stack, result }) => [stack, result])).toEqual([
      ["keys", "done before"],
      ["data", "applied"],
    ]);
    expect(second.applies()).toEqual(["data apply begin"]);

    // The first one hears of it, and a checkout that has no connection any more knows it, too.
    const again = await Journal.open(first.file, "one", copyOf("one"));
    expect(again.of("data")).toMatchObject({ step: "done", state: { lineage: "a", serial: 3 } });
    expect(new Journal(first.file, "one").of("data")?.step).toBe("done");
    expect((await Journal.open(first.file, "two", copyOf("two"))).of("keys")).toBeUndefined();
  });

  test("lets another checkout go the way back", async () => {
    const stack = "prod-services-eu-central-1";
    const address = "aws_lambda_alias.orders_function_alias";
    const alias = { function_name: "prod-orders", name: "live" };
    const moved = [update(address, { ...alias, function_version: "2" }, { ...alias, function_version: "3" })];
    const waves = [{ region: "eu-central-1", stacks: [stack] }];
    const first = await Journal.open(checkout().file, "back", copyOf("back"));
    await first.note(stack, "done", { lineage: "a", serial: 1 });
    await first.noteWave([stack], "stopped");

    const second = checkout();
    const journal = await Journal.open(second.file, "back", copyOf("back"));
    const between = new BetweenWaves({
      file: "prod.rollout",
      environment,
      output: "",
      waves,
      reviewed: [
        {
          stack,
          plan: plan(moved, configuration({ [address]: "eu-central-1" })),
          hasChanges: true,
          state: {},
          predictedFrom: [],
          predicted: [],
        },
      ],
      journal,
      stateOf: async () => ({}),
      aliases: { read: async () => ({ version: "3", revisionId: "r" }), move: async () => undefined },
    });
    expect(await between.wayBack()).toMatchObject([{ region: "eu-central-1", before: "2", result: "moved" }]);
    const third = await Journal.open(checkout().file, "back", copyOf("back"));
    expect(third.ofWave([stack])?.step).toBe("taken back");
  });

  test("takes the further step of both, and puts there what a run without a connection has left here", async () => {
    const { file } = checkout();
    const here = new Journal(file, "both");
    await here.note("keys", "done", { lineage: "a", serial: 1 });
    await here.note("data", "begun");
    await here.noteWave(["data"], "stopped");
    const there = await Journal.open(checkout().file, "both", copyOf("both"));
    await there.note("keys", "begun");
    await there.note("data", "done", { lineage: "b", serial: 2 });
    await there.noteWave(["data"], "healthy");
    for (const journal of [
      await Journal.open(file, "both", copyOf("both")),
      await Journal.open(checkout().file, "both", copyOf("both")),
    ]) {
      expect(journal.of("keys")?.state).toEqual({ lineage: "a", serial: 1 });
      expect(journal.of("data")?.state).toEqual({ lineage: "b", serial: 2 });
      expect(journal.ofWave(["data"])?.step).toBe("healthy");
    }
  });

  test("stops the run before the next step where it cannot be written, with the step written down here", async () => {
    const { file, apply, applies } = checkout();
    const copy = copyOf("refused");
    let writes = 0;
    const refusing = {
      ...copy,
      write: async (lines: string) => {
        writes += 1;
        if (writes > 1) throw new Error("it is not allowed");
        await copy.write(lines);
      },
    };
    await expect(apply(await Journal.open(file, "refused", refusing))).rejects.toMatchObject({
      name: "JournalError",
      message: expect.stringMatching(
        /^s3:.*refused\.journal\.jsonl: how far the rollout came could not be written there, so it stops: it is not allowed\nIt is written down in /,
      ),
    });
    expect(applies()).toEqual(["keys apply begin"]);
    expect(new Journal(file, "refused").of("keys")?.step).toBe("done");
    expect(objects.get(bucket, keyOf("refused"))?.body.toString()).toContain('"step":"begun"');
  });

  test("stops the run before anything is applied where S3 cannot be reached", async () => {
    const url = process.env.AWS_ENDPOINT_URL_S3;
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${port}`;
    try {
      await expect(Journal.open(checkout().file, "far", copyOf("far"))).rejects.toThrow(
        /^Cannot read s3:.*far\.journal\.jsonl/,
      );
    } finally {
      if (url === undefined) delete process.env.AWS_ENDPOINT_URL_S3;
      else process.env.AWS_ENDPOINT_URL_S3 = url;
    }
  });

  test("is not written over what another run has written, and holds no values of plans", async () => {
    const first = await Journal.open(checkout().file, "race", copyOf("race"));
    await first.note("keys", "begun");
    const second = await Journal.open(checkout().file, "race", copyOf("race"));
    await second.note("keys", "done", { lineage: "a", serial: 1 });
    await expect(first.note("data", "begun")).rejects.toThrow("another run has written there meanwhile");
    const [line = ""] = `${objects.get(bucket, keyOf("race"))?.body}`.split("\n");
    expect(Object.keys(JSON.parse(line))).toEqual(["bundle", "stack", "step", "state", "at"]);
  });

  test("is only on the machine where the states are", () => {
    expect(journalCopyOf(sandbox.parse(), "one")).toBeUndefined();
  });
});
