import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { signedCalls } from "../../cli/aws/signed-request";
import { StateBucketClient } from "../../cli/state/bucket";
import { findingsOf } from "../../cli/state/diagnose";
import { migrated } from "../../cli/state/migrate";
import type { StatePair } from "../../cli/state/pair";
import { viewOf } from "../../cli/state/view";
import type { StateBucket } from "../../contract";
import { type Root, writeRoot } from "../../scripts/states/root";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ReplicatedObjects } from "../../simulator/state-store/replicated-objects";
import { runTerraform, startProcess, TerraformStack } from "../../terraform";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { hasMoto, type Moto, startMoto } from "../support/moto";
import { temporaryFolder } from "../support/temporary-folder";

const account = "111122223333";
const keyPrefix = "evenkeel/prod";
const kmsKeyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const north: StateBucket = { bucket: "states-north", region: "eu-north-1", kmsKeyArn: kmsKeyArn("eu-north-1") };
const central: StateBucket = { bucket: "states-central", region: "eu-central-1", kmsKeyArn: kmsKeyArn("eu-central-1") };
const pair: StatePair = {
  primary: new StateBucketClient({ ...north, keyPrefix, account }),
  secondary: new StateBucketClient({ ...central, keyPrefix, account }),
  active: "primary",
};
const minutes = 60_000;

interface Cloud {
  readonly name: string;
  start(): Promise<() => Promise<void>>;
}

let objects: ReplicatedObjects;
const simulated: Cloud = {
  name: "the simulated S3",
  async start() {
    objects = new ReplicatedObjects(temporaryFolder("evenkeel-s3-"), {
      buckets: [north.bucket, central.bucket],
      lagMs: "held",
      except: /\.tflock$/,
    });
    const store: StateStore = await startStateStore({ objects, account });
    const restore = inPlaceOfAws(store.url);
    return async () => {
      objects.stop();
      await store.stop();
      restore();
    };
  },
};
const moto: Cloud = {
  name: "moto",
  async start() {
    const server = (await startMoto()) as Moto;
    const restore = inPlaceOfAws(server.endpoint);
    for (const { bucket, region } of [north, central]) {
      const call = await signedCalls({ name: "s3", region, account, doing: "create a bucket", page: "" });
      const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
      expect((await call({ method: "PUT", path: `/${bucket}`, body })).status).toBe(200);
    }
    return async () => {
      await server.stop();
      restore();
    };
  },
};
const clouds = hasMoto() ? [simulated, moto] : [simulated];

describe.each(clouds)("States on $name", (cloud) => {
  let stop: () => Promise<void>;
  let folder: string;
  beforeAll(async () => {
    stop = await cloud.start();
    folder = temporaryFolder("evenkeel-roots-");
  }, minutes);
  afterAll(() => stop());

  const root = (stack: string, checkout = "own"): Root => ({ stack, folder: join(folder, checkout, stack) });
  const terraform = ({ folder: cwd }: Root, ...args: string[]) =>
    runTerraform(args, { cwd, env: { ...process.env, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" } });
  const initialized = async (of: Root, value: string, seconds = 0) => {
    writeRoot(of, { bucket: north, keyPrefix, value, seconds });
    expect((await terraform(of, "init", "-input=false")).code).toBe(0);
  };
  const apply = (of: Root) => terraform(of, "apply", "-auto-approve", "-input=false");
  /** Starts an apply, and waits until it holds the lock. */
  const lockedApply = async (of: Root) => {
    const started = startProcess("terraform", ["apply", "-auto-approve", "-input=false"], {
      cwd: of.folder,
      env: process.env,
      stdio: "ignore",
    });
    const lock = pair.primary.keyOf(`${of.stack}.tfstate.tflock`);
    while (!(await pair.primary.read(lock))) {
      if (started.child.exitCode !== null) throw new Error("the apply has ended without a lock");
      await delay(20);
    }
    return started;
  };

  test(
    "take one of two applies at once, and the other one later",
    async () => {
      const [first, second] = [root("prod-a"), root("prod-a", "other")];
      await initialized(first, "1", 2);
      await initialized(second, "2");
      const { ended } = await lockedApply(first);
      const refused = await apply(second);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("Error acquiring the state lock")]);
      expect((await ended).code).toBe(0);
      expect((await apply(second)).code).toBe(0);
    },
    minutes,
  );

  test(
    "stay locked by a process that was killed, which the doctor explains, until the lock is released",
    async () => {
      const own = root("prod-b");
      await initialized(own, "1", 30);
      const { child, ended } = await lockedApply(own);
      child.kill("SIGKILL");
      await ended;
      expect((await apply(own)).code).toBe(1);
      const views = { primary: await viewOf(pair.primary, "prod"), secondary: await viewOf(pair.secondary, "prod") };
      const findings = findingsOf({ environment: "prod", pair, views, stacks: ["prod-a", "prod-b"] });
      const { says, todo } = findings.find(({ kind, stack }) => kind === "lock" && stack === "prod-b") ?? {};
      expect(says).toMatch(/^locked by \S+@\S+ since .* for OperationTypeApply \((gone|unknown): /);
      const [, id = ""] = /evenkeel unlock prod prod-b --lock (\S+)/.exec(todo ?? "") ?? [];
      await new TerraformStack({ name: own.stack, folder: own.folder }, {}).unlock(id);
      writeRoot(own, { bucket: north, keyPrefix, value: "2" });
      expect((await apply(own)).code).toBe(0);
    },
    minutes,
  );

  test(
    "that moved between plan and apply refuse the saved plan",
    async () => {
      const [first, second] = [root("prod-c"), root("prod-c", "other")];
      await initialized(first, "1");
      await initialized(second, "2");
      expect((await apply(first)).code).toBe(0);
      writeRoot(first, { bucket: north, keyPrefix, value: "3" });
      expect((await terraform(first, "plan", "-out=plan", "-input=false")).code).toBe(0);
      expect((await apply(second)).code).toBe(0);
      const late = await terraform(first, "apply", "-input=false", "plan");
      expect([late.code, late.stderr]).toEqual([1, expect.stringContaining("Saved plan is stale")]);
    },
    minutes,
  );

  test(
    "are gone on with in the other bucket without a question, but not where it has none",
    async () => {
      const own = root("prod-d");
      await initialized(own, "1");
      expect((await apply(own)).code).toBe(0);
      writeRoot(own, { bucket: central, keyPrefix, value: "2" });
      const stack = () => new TerraformStack({ name: own.stack, folder: own.folder }, {}, { environment: "prod" });
      await expect(stack().init()).rejects.toThrow(
        "prod-d: there is no state at s3://states-central/evenkeel/prod/prod-d.tfstate",
      );
      await expect(stack().init()).rejects.toThrow("Nothing was done");
      const key = pair.primary.keyOf("prod-d.tfstate");
      await pair.secondary.write(key, (await pair.primary.read(key))?.text ?? "");
      await stack().deploy();
      expect((await viewOf(pair.secondary, "prod")) as object).toMatchObject({ reachable: true });
    },
    minutes,
  );
});

describe("A local state", () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await simulated.start();
  });
  afterAll(() => stop());

  test(
    "moves into the bucket once, and never over another one",
    async () => {
      const own: Root = { stack: "live-state", folder: join(temporaryFolder("evenkeel-roots-"), "live-state") };
      const local = join(own.folder, "local.tfstate");
      const run = (...args: string[]) => runTerraform(args, { cwd: own.folder, env: process.env });
      const stack = () => new TerraformStack({ name: own.stack, folder: own.folder }, {}, { reconfigure: true });
      const begin = async () => {
        writeRoot(own, { bucket: north, keyPrefix, value: "1" });
        const { terraform, ...rest } = JSON.parse(readFileSync(join(own.folder, "cdk.tf.json"), "utf8"));
        writeFileSync(
          join(own.folder, "cdk.tf.json"),
          JSON.stringify({ terraform: { backend: { local: { path: "local.tfstate" } } }, ...rest }),
        );
        await run("init", "-input=false", "-reconfigure");
        expect((await run("apply", "-auto-approve", "-input=false")).code).toBe(0);
        writeRoot(own, { bucket: north, keyPrefix, value: "1" });
      };
      await begin();
      const { resources } = JSON.parse(readFileSync(local, "utf8"));
      expect(await migrated(stack(), local)).toMatchObject({ was: "moved" });
      expect([existsSync(local), existsSync(`${local}.migrated`)]).toEqual([false, true]);
      expect((await stack().state()).resources).toEqual(resources);
      expect(await stack().isSettled()).toBe(true);
      copyFileSync(`${local}.migrated`, local);
      expect(await migrated(stack(), local)).toMatchObject({ was: "there" });
      await begin();
      await expect(migrated(stack(), local)).rejects.toThrow("the bucket has another state already");
      expect([existsSync(local), (await stack().state()).resources]).toEqual([true, resources]);
    },
    minutes,
  );
});

describe("The loss of a region in the middle of an apply", () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await simulated.start();
  });
  afterAll(() => stop());

  test(
    "leaves errored.tfstate, which goes into the other bucket, unless that is ahead",
    async () => {
      const own: Root = { stack: "prod-a", folder: join(temporaryFolder("evenkeel-roots-"), "prod-a") };
      const run = (...args: string[]) => runTerraform(args, { cwd: own.folder, env: process.env });
      writeRoot(own, { bucket: north, keyPrefix, value: "1" });
      await run("init", "-input=false");
      await run("apply", "-auto-approve", "-input=false");
      objects.deliver();
      writeRoot(own, { bucket: north, keyPrefix, value: "2", seconds: 3 });
      const { child, ended } = startProcess("terraform", ["apply", "-auto-approve", "-no-color"], {
        cwd: own.folder,
        env: process.env,
        stdio: ["ignore", "pipe", "ignore"],
      });
      await new Promise<void>((begun) => {
        child.stdout?.on("data", (text) => /Provisioning with/.test(String(text)) && begun());
        child.once("exit", () => begun());
      });
      objects.lose(north.bucket);
      expect((await ended).code).toBe(1);
      expect(existsSync(join(own.folder, "errored.tfstate"))).toBe(true);
      writeRoot(own, { bucket: central, keyPrefix, value: "2" });
      const stack = () => new TerraformStack({ name: own.stack, folder: own.folder }, {}, { environment: "prod" });
      await expect(stack().deploy()).rejects.toThrow("state push errored.tfstate");
      expect((await run("state", "push", "errored.tfstate")).code).toBe(0);
      expect(await stack().isSettled()).toBe(true);
      expect(existsSync(join(own.folder, "errored.tfstate"))).toBe(false);
    },
    minutes,
  );
});
