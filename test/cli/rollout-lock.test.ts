import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { StateObjects } from "../../cli/aws/objects";
import {
  lockPlaceOf,
  type RolloutLock,
  RolloutLockedError,
  readRolloutLock,
  whileLocked,
} from "../../cli/deployment/rollout-lock";
import { unlockDocument } from "../../cli/documents/unlock";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ObjectStore } from "../../simulator/state-store/objects";
import { machineOf, runProcess } from "../../terraform";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";
import { standInEnv } from "../terraform/stand-in";

let store: StateStore;
const objects = new ObjectStore(temporaryFolder("evenkeel-lock-"));
let restore: () => void;
const place = lockPlaceOf(prod);
if (!place) throw new Error("prod has its states in S3");
const { state } = prod.parse();
const bucket = state.backend === "s3" ? state.bucket : "";

beforeAll(async () => {
  store = await startStateStore({ objects, account: "111122223333" });
  restore = inPlaceOfAws(store.url);
});
afterAll(async () => {
  await store.stop();
  restore();
});
afterEach(() => objects.delete(bucket, place.key));

const other: RolloutLock = {
  id: "1-2-3",
  who: "ann@laptop",
  machine: "laptop elsewhere",
  pid: 7,
  started: "",
  command: "evenkeel apply",
  bundle: "4f1c".padEnd(64, "0"),
  since: "2026-01-31T06:24:12.123Z",
};

/** A process of this machine that has ended. */
async function gone(): Promise<number> {
  const { stdout } = await runProcess(process.execPath, ["-p", "process.pid"], { env: process.env });
  return Number(stdout);
}

describe("The lock of a rollout", () => {
  test("is an object beside the states, that no state and none of Terraform's locks is called", () => {
    expect(place.key).toBe(`${state.backend === "s3" && state.keyPrefix}/prod.rollout-lock.json`);
    expect(place.key).not.toMatch(/\.(tfstate|tflock)$/);
  });

  test("is held while something is done, says by whom, and is released also when that fails", async () => {
    const during = await whileLocked(prod, { verb: "apply", bundle: other.bundle }, async () => readRolloutLock(place));
    expect(during?.lock).toMatchObject({ pid: process.pid, command: "evenkeel apply", bundle: other.bundle });
    expect(during?.lock.who).toContain(`@${hostname()}`);
    expect(await readRolloutLock(place)).toBeUndefined();
    await expect(whileLocked(prod, { verb: "deploy" }, () => Promise.reject(new Error("fails")))).rejects.toThrow(
      "fails",
    );
    expect(await readRolloutLock(place)).toBeUndefined();
  });

  test("is refused to a second run, with who holds it and the command that releases it", async () => {
    await whileLocked(prod, { verb: "deploy" }, async () => {
      await expect(whileLocked(prod, { verb: "destroy" }, async () => undefined)).rejects.toThrow(RolloutLockedError);
    });
    objects.put(bucket, place.key, Buffer.from(JSON.stringify(other)));
    await expect(whileLocked(prod, { verb: "deploy" }, async () => undefined)).rejects.toThrow(
      /prod is being rolled out already: by ann@laptop, process 7 \(evenkeel apply, bundle 4f1c00000000\), since 2026-01-31.*\n.*\n {2}npx evenkeel unlock prod --lock 1-2-3/,
    );
    expect((await readRolloutLock(place))?.lock).toEqual(other);
  });

  test("of a process of this machine that is gone is taken over; one of another machine is not", async () => {
    const pid = await gone();
    objects.put(bucket, place.key, Buffer.from(JSON.stringify({ ...other, pid, machine: machineOf() })));
    expect(await whileLocked(prod, { verb: "deploy" }, async () => "done")).toBe("done");
    expect(await readRolloutLock(place)).toBeUndefined();
    objects.put(bucket, place.key, Buffer.from(JSON.stringify({ ...other, pid, machine: `${machineOf()} other` })));
    await expect(whileLocked(prod, { verb: "deploy" }, async () => undefined)).rejects.toThrow(RolloutLockedError);
  });

  test("of somebody else is not released by a run whose own was taken away", async () => {
    await whileLocked(prod, { verb: "deploy" }, async () => {
      objects.put(bucket, place.key, Buffer.from(JSON.stringify(other)));
    });
    expect((await readRolloutLock(place))?.lock.id).toBe("1-2-3");
  });

  test("is asked for by nobody where states are local, and an object that is none is not overwritten", async () => {
    expect(lockPlaceOf(sandbox)).toBeUndefined();
    objects.put(bucket, place.key, Buffer.from("something"));
    await expect(whileLocked(prod, { verb: "deploy" }, async () => undefined)).rejects.toThrow(
      "is not a lock of evenkeel",
    );
  });
});

describe("evenkeel", () => {
  const folder = temporaryFolder("evenkeel-locked-");
  const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
  writeProject(folder, `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`);
  symlinkSync(resolve(__dirname, "..", "..", "services"), join(folder, "services"), "junction");
  const evenkeel = (...args: string[]) =>
    runProcess(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { ...process.env, ...standInEnv(folder, { keys: { changes: [["aws_sqs_queue.q", "create"]] } }) },
    });

  test("deploy refuses while another machine rolls out, unlock shows and releases that lock and no other, and then it deploys", async () => {
    objects.put(bucket, place.key, Buffer.from(JSON.stringify(other)));
    const options = ["--first-deployment", "--auto-approve"];
    const refused = await evenkeel("deploy", "prod", ...options);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining("npx evenkeel unlock prod --lock 1-2-3"),
    ]);
    const newer = await evenkeel("unlock", "prod", "--lock", "another", "--auto-approve");
    expect([newer.code, newer.stdout]).toEqual([0, "No state of prod is locked.\n"]);
    const shown = await evenkeel("unlock", "prod", "--json");
    expect([shown.code, unlockDocument.schema.parse(JSON.parse(shown.stdout)).rollout]).toEqual([
      1,
      { who: "ann@laptop", pid: 7, since: other.since, operation: "evenkeel apply, bundle 4f1c00000000", id: "1-2-3" },
    ]);
    const released = await evenkeel("unlock", "prod", "--lock", "1-2-3", "--auto-approve");
    expect([released.code, released.stdout]).toEqual([
      0,
      expect.stringContaining("The lock of the rollout: released."),
    ]);
    const deployed = await evenkeel("deploy", "prod", ...options);
    expect([deployed.code, deployed.stderr.match(/^Error.*/gm)]).toEqual([0, null]);
    expect(await readRolloutLock(place)).toBeUndefined();
  });
});

describe("An object beside the states", () => {
  const received: { method?: string; url?: string; headers: Record<string, unknown> }[] = [];
  const answers: [number, string][] = [];
  const server = createServer(({ method, url, headers }, response) => {
    received.push({ method, url, headers });
    const [status, code] = answers.shift() ?? [200, ""];
    response.writeHead(status, { etag: '"1"' }).end(code && `<Error><Code>${code}</Code></Error>`);
  });
  const s3 = new StateObjects({
    bucket: "b",
    region: "eu-north-1",
    keyPrefix: "shop",
    account: "1",
    kmsKeyArn: "arn:key",
  });

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    delete process.env.AWS_ENDPOINT_URL_S3;
    server.close();
    server.closeAllConnections();
  });

  test("is encrypted as the states are, and written again after a conflict", async () => {
    answers.push([409, "ConditionalRequestConflict"]);
    expect(await s3.create("a/b.json", "{}")).toBe('"1"');
    expect(received.splice(0).map(({ method, url, headers }) => [method, url, headers["if-none-match"]])).toEqual([
      ["PUT", "/b/a/b.json", "*"],
      ["PUT", "/b/a/b.json", "*"],
    ]);
    answers.push([412, "PreconditionFailed"]);
    expect(await s3.replace("a/b.json", "{}", '"0"')).toBeUndefined();
    expect(received.splice(0)[0]?.headers).toMatchObject({
      "if-match": '"0"',
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": "arn:key",
      authorization: expect.stringContaining("/eu-north-1/s3/aws4_request"),
    });
  });

  test("that S3 refuses is told with what was asked, and without a bucket it is not taken for absent", async () => {
    answers.push([403, "AccessDenied"], [404, "NoSuchBucket"], [404, "NoSuchBucket"], [404, "NoSuchKey"]);
    await expect(s3.read("a/b.json")).rejects.toThrow("Cannot read s3://b/a/b.json in eu-north-1: it is not allowed");
    await expect(s3.read("a/b.json")).rejects.toThrow("NoSuchBucket");
    await expect(s3.create("a/b.json", "{}")).rejects.toThrow("NoSuchBucket");
    expect(await s3.read("a/b.json")).toBeUndefined();
  });
});
