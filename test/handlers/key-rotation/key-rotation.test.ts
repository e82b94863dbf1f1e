import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  KMSClient,
  ListKeyRotationsCommand,
} from "@aws-sdk/client-kms";
import type { Context } from "aws-lambda";
import { check, type RotationOptions, rotate } from "../../../handlers/key-rotation/rotation";
import { readKeys } from "../../../handlers/key-rotation/watched-keys";
import { hasMoto, type Moto, startMoto } from "../../support/moto";

const hour = 3_600_000;
const day = 24 * hour;
const arn = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234";

const clientAt = (endpoint: string | undefined) =>
  new KMSClient({
    region: "eu-west-1",
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

type Handler = (event: { action: string }, context: Context) => Promise<unknown>;

describe("The list of keys", () => {
  test("is read from one variable", () => {
    expect(readKeys(`prod-data=${arn} a/b=${arn}`)).toEqual([
      { name: "prod-data", arn },
      { name: "a/b", arn },
    ]);
  });

  test.each(["", "prod-data", `prod-data=${arn}  `, "prod-data=alias/data"])("refuses %j", (text) => {
    expect(() => readKeys(text)).toThrow("KEYS is not a list of keys; write <name>=<ARN>, with spaces between");
  });
});

/** What moto's KMS has: status, completed rotations, rotating and describing; it completes rotations at once. */
(hasMoto() ? describe : describe.skip)("key-rotation, with KMS", () => {
  let moto: Moto | undefined;
  let client: KMSClient;
  let keys: { name: string; arn: string }[];
  let lines: Record<string, unknown>[];
  let late = 0;

  const parts = (): RotationOptions => ({
    client,
    keys,
    pauseMs: hour,
    writeMetric: (line) => lines.push(JSON.parse(line)),
    now: () => Date.now() + late,
  });
  const rotations = async (KeyId: string) =>
    (await client.send(new ListKeyRotationsCommand({ KeyId }))).Rotations?.length;

  beforeAll(async () => {
    moto = await startMoto();
    client = clientAt(moto?.endpoint);
  }, 90_000);
  afterAll(() => moto?.stop());
  beforeEach(async () => {
    lines = [];
    late = 0;
    keys = [];
    for (const name of ["prod-data", "prod-operations"]) {
      const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
      const made = KeyMetadata?.Arn ?? "";
      await client.send(new EnableKeyRotationCommand({ KeyId: made }));
      keys.push({ name, arn: made });
    }
  });

  test("rotates the named key and no other", async () => {
    expect(await rotate({ action: "rotate", key: "prod-data" }, parts())).toMatchObject({
      key: "prod-data",
      outcome: "started",
      onDemandRotations: 1,
    });
    expect(await Promise.all(keys.map((key) => rotations(key.arn)))).toEqual([1, 0]);
  });

  test("rotates once when it is asked twice, and again after the pause", async () => {
    const event = { action: "rotate", key: "prod-data" } as const;
    await rotate(event, parts());
    expect(await rotate(event, parts())).toMatchObject({ outcome: "recent", onDemandRotations: 1 });
    expect(await rotations(keys[0]?.arn ?? "")).toBe(1);
    late = hour + 5_000;
    expect(await rotate(event, parts())).toMatchObject({ outcome: "started", onDemandRotations: 2 });
  });

  test("reports each key: days since its last rotation, and that it rotates", async () => {
    await rotate({ action: "rotate", key: "prod-data" }, parts());
    late = 10 * day;
    await check(parts());
    expect(lines.map(({ Key }) => Key).sort()).toEqual(["prod-data", "prod-operations"]);
    for (const line of lines) {
      expect(line).toMatchObject({ RotationEnabled: 1, DaysSinceRotation: expect.closeTo(10, 1) });
      expect(line._aws).toMatchObject({
        CloudWatchMetrics: [
          {
            Namespace: "Evenkeel/Keys",
            Dimensions: [["Key"]],
            Metrics: [
              { Name: "DaysSinceRotation", Unit: "None" },
              { Name: "RotationEnabled", Unit: "Count" },
            ],
          },
        ],
      });
    }
  });

  test("reports a key whose rotation was switched off", async () => {
    await client.send(new DisableKeyRotationCommand({ KeyId: keys[0]?.arn }));
    await check(parts());
    expect(lines.find(({ Key }) => Key === "prod-data")).toMatchObject({ RotationEnabled: 0 });
  });

  test("reports the other keys before it fails for one that KMS does not know", async () => {
    keys.push({ name: "prod-gone", arn: keys[0]?.arn.replace(/[0-9a-f]{12}$/, "000000000000") ?? "" });
    await expect(check(parts())).rejects.toThrow(
      "prod-gone: KMS answered with NotFoundException; deploy the stack of the keys, then this one",
    );
    expect(lines.length).toBe(2);
  });

  test("needs the key's name where there are several", async () => {
    await expect(rotate({ action: "rotate" }, parts())).rejects.toThrow(
      "the event names no key; set key to one of prod-data, prod-operations",
    );
    await expect(rotate({ action: "rotate", key: "prod" }, parts())).rejects.toThrow("the event names an unknown key");
    keys.pop();
    expect(await rotate({ action: "rotate" }, parts())).toMatchObject({ key: "prod-data", outcome: "started" });
  });
});

/** What moto's KMS has not, against a server of KMS's documented JSON: rotations in progress, of other kinds, in pages, refused. */
describe("key-rotation, with answers of KMS's documented form", () => {
  let server: Server;
  let answers: Record<string, (body: Record<string, unknown>) => object>;
  let calls: string[];
  let lines: string[];
  const time = Date.UTC(2026, 0, 31);

  const parts = (): RotationOptions => ({
    client: clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    keys: [{ name: "prod-data", arn }],
    pauseMs: hour,
    writeMetric: (line) => lines.push(line),
    now: () => time,
  });

  beforeAll(async () => {
    server = createServer(async (incoming, outgoing) => {
      const call = String(incoming.headers["x-amz-target"]).replace("TrentService.", "");
      const body = JSON.parse(Buffer.concat(await incoming.toArray()).toString());
      calls.push(call);
      const answer = answers[call]?.(body) ?? { __type: "InternalException" };
      outgoing.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(JSON.stringify(answer));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  beforeEach(() => {
    calls = [];
    lines = [];
    answers = {
      GetKeyRotationStatus: () => ({ KeyRotationEnabled: true }),
      ListKeyRotations: () => ({ Rotations: [], Truncated: false }),
      RotateKeyOnDemand: () => ({ KeyId: arn }),
    };
  });

  const event = { action: "rotate" } as const;
  const seconds = (ago: number) => (time - ago) / 1000;

  test("begins no rotation while one is in progress", async () => {
    answers.GetKeyRotationStatus = () => ({ KeyRotationEnabled: true, OnDemandRotationStartDate: seconds(2 * hour) });
    expect(await rotate(event, parts())).toEqual({
      key: "prod-data",
      outcome: "in-progress",
      lastRotation: new Date(time - 2 * hour).toISOString(),
      onDemandRotations: 1,
    });
    expect(calls).not.toContain("RotateKeyOnDemand");
  });

  test("begins none just after an automatic one, and counts those on demand over all pages", async () => {
    const entry = (RotationType: string, ago: number) => ({ KeyId: arn, RotationType, RotationDate: seconds(ago) });
    answers.ListKeyRotations = ({ Marker }) =>
      Marker === "2"
        ? { Rotations: [entry("AUTOMATIC", hour / 2)], Truncated: false }
        : { Rotations: [entry("ON_DEMAND", 90 * day)], Truncated: true, NextMarker: "2" };
    expect(await rotate(event, parts())).toMatchObject({ outcome: "recent", onDemandRotations: 1 });
    await check(parts());
    expect(JSON.parse(lines[0] ?? "{}").DaysSinceRotation).toBeCloseTo(0.5 / 24, 5);
  });

  test("reports the days since the key was made while it was never rotated", async () => {
    answers.DescribeKey = () => ({ KeyMetadata: { KeyId: "mrk-1234", CreationDate: seconds(30 * day) } });
    await check(parts());
    expect(JSON.parse(lines[0] ?? "{}").DaysSinceRotation).toBeCloseTo(30, 5);
  });

  test("is the handler of a function, which answers the operator and refuses what it does not know", async () => {
    const { AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ENVIRONMENT, KEYS } = process.env;
    Object.assign(process.env, {
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ENVIRONMENT: "test",
      KEYS: `prod-data=${arn}`,
    });
    try {
      const { handler } = jest.requireActual<{ handler: Handler }>("../../../handlers/key-rotation/handler");
      const context = { awsRequestId: "00000000-0000-4000-8000-000000000000", functionVersion: "1" } as Context;
      expect(await handler(event, context)).toMatchObject({ key: "prod-data", outcome: "started" });
      answers.DescribeKey = () => ({ KeyMetadata: { KeyId: "mrk-1234", CreationDate: seconds(day) } });
      expect(await handler({ action: "check" }, context)).toEqual({ checked: 1 });
      await expect(handler({ action: "delete" }, context)).rejects.toThrow("the event has no known action");
    } finally {
      const before = { AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ENVIRONMENT, KEYS };
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test.each([
    ["LimitExceededException", "the key was rotated on demand as often as KMS allows"],
    ["UnsupportedOperationException", "rotate in the region of the primary key, if it was moved there"],
    ["ConflictException", "a rotation is in progress already; wait for it"],
    ["AccessDeniedException", "check the function's role and the key's policy"],
    ["SomethingNew", "try again later"],
  ])("says what to do about %s, without KMS's own text", async (name, remedy) => {
    answers.RotateKeyOnDemand = () => ({ __type: name, message: "arn:aws:iam::123456789012:role/secret-name" });
    const error = await rotate(event, parts()).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(`prod-data: KMS answered with ${name}; ${remedy}`);
    expect(String(error)).not.toContain("secret-name");
  });
});
