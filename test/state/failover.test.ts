import { StateBucketClient } from "../../cli/state/bucket";
import { findingsOf } from "../../cli/state/diagnose";
import { failOver } from "../../cli/state/failover";
import { isFenced } from "../../cli/state/fence";
import type { StatePair } from "../../cli/state/pair";
import { recordedIn } from "../../cli/state/recorded";
import { viewOf } from "../../cli/state/view";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ReplicatedObjects } from "../../simulator/state-store/replicated-objects";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { temporaryFolder } from "../support/temporary-folder";

const account = "111122223333";
const keyPrefix = "evenkeel/prod";
const client = (bucket: string, region: "eu-north-1" | "eu-central-1") =>
  new StateBucketClient({
    bucket,
    region,
    keyPrefix,
    account,
    kmsKeyArn: `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  });
const pair: StatePair = {
  primary: client("north", "eu-north-1"),
  secondary: client("central", "eu-central-1"),
  active: "primary",
};
const gone: StatePair = { ...pair, active: "secondary" };

let objects: ReplicatedObjects;
let store: StateStore;
let restore: () => void;

const open = async (lateReplicas: "by-time" | "by-arrival" = "by-time") => {
  objects = new ReplicatedObjects(temporaryFolder("evenkeel-s3-"), {
    buckets: ["north", "central"],
    lagMs: "held",
    except: /\.tflock$|\.rollout-lock\.json$/,
    lateReplicas,
  });
  store = await startStateStore({ objects, account });
  restore = inPlaceOfAws(store.url);
};
beforeEach(() => open());
afterEach(async () => {
  await store.stop();
  restore();
});

const none = new Map<string, number>();
const key = (name: string) => `${keyPrefix}/${name}`;
const stateOf = (serial: number, lineage = "one", content = "") =>
  Buffer.from(JSON.stringify({ version: 4, serial, lineage, resources: [{ mode: "managed", content }] }));
const write = (bucket: "north" | "central", stack: string, serial: number, lineage?: string, content?: string) =>
  objects.put(bucket, key(`${stack}.tfstate`), stateOf(serial, lineage, content));
const put = (bucket: StateBucketClient, name: string) => bucket.write(key(name), "{}");
const found = async (of: StatePair = pair, stacks = ["prod-data"]) => {
  const views = { primary: await viewOf(of.primary, "prod"), secondary: await viewOf(of.secondary, "prod") };
  return findingsOf({ environment: "prod", pair: of, views, stacks });
};

describe("A failover of states", () => {
  test("fences the bucket to leave once everything has arrived, and opens it on the way back", async () => {
    write("north", "prod-data", 4);
    objects.deliver();
    const over = await failOver("prod", pair, "secondary", none);
    expect(over).toMatchObject({ refused: [], locks: [], lost: null, fenced: true });
    await expect(put(pair.primary, "prod-data.tfstate")).rejects.toThrow("AccessDenied");
    await expect(put(pair.primary, "prod-data.tfstate.tflock")).rejects.toThrow("AccessDenied");
    // What is no state of this environment stays writable.
    await put(pair.primary, "prod.serials.json");
    await put(pair.secondary, "prod-data.tfstate.tflock");
    objects.delete("central", key("prod-data.tfstate.tflock"));
    write("central", "prod-data", 5);
    const early = await failOver("prod", gone, "primary", none);
    expect(early.refused).toMatchObject([{ stack: "prod-data", from: 5, to: 4, standing: "behind" }]);
    expect(isFenced(await pair.secondary.policy(), keyPrefix)).toBe(false);
    objects.deliver();
    expect(await failOver("prod", gone, "primary", none)).toMatchObject({ refused: [], fenced: true });
    await put(pair.primary, "prod-data.tfstate.tflock");
    await expect(put(pair.secondary, "prod-data.tfstate")).rejects.toThrow("AccessDenied");
  });

  test("keeps the rest of a policy", async () => {
    const own = { Sid: "RequireTls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: {} };
    await pair.primary.setPolicy({ Version: "2012-10-17", Statement: [own] });
    await failOver("prod", pair, "secondary", none);
    expect((await pair.primary.policy()).Statement).toHaveLength(3);
    await failOver("prod", gone, "primary", none);
    expect((await pair.primary.policy()).Statement).toEqual([own]);
  });

  test("is refused for a serial that is missing, a fork, another lineage and a lock, and changes nothing then", async () => {
    write("north", "prod-data", 4);
    objects.deliver();
    write("north", "prod-data", 5);
    write("north", "prod-keys", 3);
    objects.put("central", key("prod-keys.tfstate"), stateOf(3, "one", "other"));
    write("north", "prod-edge", 3);
    write("central", "prod-edge", 3, "two");
    objects.putNew("north", key("prod-data.tfstate.tflock"), Buffer.from('{"ID":"1-2","Who":"ann@laptop"}'));
    const { refused, locks, fenced } = await failOver("prod", pair, "secondary", new Map([["prod-data", 4]]));
    expect(refused.map(({ stack, standing }) => [stack, standing])).toEqual([
      ["prod-data", "behind"],
      ["prod-edge", "forked"],
      ["prod-keys", "forked"],
    ]);
    expect(locks).toMatchObject([{ of: "prod-data", id: "1-2", who: "ann@laptop", region: "eu-north-1" }]);
    expect([fenced, await pair.primary.policy()]).toEqual([false, {}]);
  });

  test("away from a lost bucket says what was written down, and takes a serial only by name", async () => {
    await recordedIn(pair, "prod", "evenkeel deploy", async () => write("north", "prod-data", 4));
    objects.deliver();
    await recordedIn(pair, "prod", "evenkeel deploy", async () => write("north", "prod-data", 6));
    write("north", "prod-plain", 2);
    objects.lose("north");
    const first = await failOver("prod", pair, "secondary", new Map([["prod-data", 6]]));
    expect(first.lost).toContain("north in eu-north-1 cannot be reached");
    expect(first.refused).toMatchObject([{ stack: "prod-data", standing: "behind", known: 6, to: 4 }]);
    const accepted = await failOver("prod", pair, "secondary", new Map([["prod-data", 4]]));
    expect(accepted).toMatchObject({ refused: [], fenced: false });
    objects.restore("north");
    objects.deliver();
    expect(await failOver("prod", gone, "secondary", none)).toMatchObject({ refused: [], fenced: true });
  });

  test("away from a lost bucket takes no run for ended that was killed", async () => {
    write("north", "prod-data", 4);
    objects.deliver();
    const killed = recordedIn(pair, "prod", "evenkeel deploy", async () => {
      objects.lose("north");
    });
    await killed;
    const { refused } = await failOver("prod", pair, "secondary", none);
    expect(refused).toMatchObject([{ standing: "unknown", says: expect.stringContaining("not known to have ended") }]);
  });
});

describe("The doctor", () => {
  test("has nothing to say of states that are the same in both, but that the other bucket is open", async () => {
    write("north", "prod-data", 4);
    objects.deliver();
    expect(await found()).toMatchObject([
      { kind: "open", serious: false, todo: expect.stringContaining("--to eu-north-1") },
    ]);
    await failOver("prod", pair, "primary", none);
    expect(await found()).toEqual([]);
  });

  test("finds orphans, what is under way, a fence in the way, and a lost bucket", async () => {
    write("north", "prod-gone", 4);
    const kinds = async (of?: StatePair) => (await found(of)).map(({ kind, serious }) => `${kind} ${serious}`);
    expect(await kinds()).toEqual(["orphan true", "behind false", "unreplicated false", "open false"]);
    objects.deliver();
    await failOver("prod", pair, "secondary", none);
    expect(await kinds()).toContain("fenced true");
    objects.lose("north");
    expect(await kinds()).toEqual(["lost true"]);
    expect(await kinds(gone)).toContain("lost false");
  });

  test("knows the process behind a lock of a rollout on this machine", async () => {
    const lock = {
      id: "1",
      who: "ann@laptop",
      machine: "elsewhere",
      pid: 7,
      started: "",
      command: "evenkeel apply",
      since: "now",
    };
    objects.putNew("north", key("prod.rollout-lock.json"), Buffer.from(JSON.stringify(lock)));
    const [finding] = await found();
    expect(finding).toMatchObject({
      kind: "lock",
      stack: null,
      says: expect.stringContaining("unknown: it runs on another machine"),
    });
  });

  test.each(["by-time", "by-arrival"] as const)(
    "sees a version that came on top of a higher serial (%s)",
    async (late) => {
      await store.stop();
      restore();
      await open(late);
      write("north", "prod-data", 4);
      objects.deliver();
      objects.lose("north");
      objects.restore("north");
      write("north", "prod-data", 5, "one", "old");
      write("central", "prod-data", 5, "one", "new");
      write("central", "prod-data", 6, "one", "new");
      if (late === "by-time") write("north", "prod-data", 6, "one", "old");
      objects.deliver();
      const finding = (await found(gone)).find(
        ({ serious, kind }) => serious && ["contested", "forked", "ahead"].includes(kind),
      );
      expect(finding).toMatchObject({ stack: "prod-data" });
      expect((await failOver("prod", gone, "primary", none)).refused).toHaveLength(1);
    },
  );
});
