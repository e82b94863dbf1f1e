import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Context } from "aws-lambda";
import { RotationCanary } from "../../../handlers/secret-rotation/rotation-canary";
import { alarmState } from "../../../handlers/version-canary/alarm-state";
import { type AdvanceEvent, type AlarmEvent, type CanaryOptions, move } from "../../../handlers/version-canary/canary";
import { integer } from "../../../runtime/environment/environment";
import { CanaryShare, type CanaryState } from "../../../runtime/secrets/canary-share";
import { VersionCanary } from "../../../runtime/secrets/version-canary";
import { Settings } from "../../../runtime/settings/settings";
import { parameterStoreSource } from "../../../runtime/settings/settings-source";
import { hasMoto, type Moto, startMoto } from "../../support/moto";

// The first request to each service of moto makes it load that service.
jest.setTimeout(30_000);

const alarmName = "prod-ledger-canary-failures";
const minute = 60_000;
const advance: AdvanceEvent = { action: "advance" };
/** As EventBridge sends it; the fields that nothing reads are left out. */
const alarmEvent = (value = "ALARM", name = alarmName): AlarmEvent => ({
  "detail-type": "CloudWatch Alarm State Change",
  detail: { alarmName: name, state: { value, reason: "Threshold Crossed: 1 datapoint [6.0] was >= 5.0" } },
});

/** A share that lives in memory; a write sets the time, as Parameter Store does. */
class Share {
  readonly writes: number[] = [];
  constructor(
    public percent: number,
    private since = 0,
  ) {}

  readonly parts = (state: string, now = 0): CanaryOptions => ({
    share: {
      read: async (): Promise<CanaryState> => ({ percent: this.percent, since: this.since }),
      write: async (percent: number) => {
        this.writes.push(percent);
        this.percent = percent;
        this.since = now;
      },
    } as CanaryShare,
    alarmName,
    alarmState: async () => state as "OK",
    bakeTimeMs: 60 * minute,
    now: () => now,
  });
}

describe("A canary", () => {
  test.each([10, 99, 100])("is rolled back from %d percent when its alarm goes off", async (percent) => {
    const share = new Share(percent);
    expect(await move(alarmEvent(), share.parts("ALARM"))).toEqual({ did: "rolled back", from: percent, to: 0 });
    expect(share.percent).toBe(0);
  });

  test("that is rolled back stays so, with the time since when", async () => {
    const share = new Share(0);
    expect(await move(alarmEvent(), share.parts("ALARM"))).toMatchObject({ did: "nothing", percent: 0 });
    expect(await move(advance, share.parts("OK", 10_000 * minute))).toEqual({
      did: "nothing",
      percent: 0,
      because: "it was rolled back, and a person has to raise it",
    });
    expect(share.writes).toEqual([]);
  });

  test("advances to 100 percent when its bake time is over, and not before", async () => {
    const share = new Share(10);
    expect(await move(advance, share.parts("OK", 60 * minute - 1))).toMatchObject({
      did: "nothing",
      because: "the bake time is not over",
    });
    expect(await move(advance, share.parts("OK", 60 * minute))).toEqual({ did: "advanced", from: 10, to: 100 });
    expect(await move(advance, share.parts("OK", 999 * minute))).toMatchObject({ because: "the canary is over" });
    expect(share.writes).toEqual([100]);
  });

  test("advances without data, as where there was no traffic", async () => {
    const share = new Share(10);
    expect(await move(advance, share.parts("INSUFFICIENT_DATA", 60 * minute))).toMatchObject({ did: "advanced" });
  });

  test.each([1, 60])("never advances while its alarm is on, whose event may be lost, after %d minutes", async (age) => {
    const share = new Share(10);
    expect(await move(advance, share.parts("ALARM", age * minute))).toEqual({ did: "rolled back", from: 10, to: 0 });
  });

  test("does not advance where the alarm cannot be asked", async () => {
    const share = new Share(10);
    const parts = { ...share.parts("OK", 60 * minute), alarmState: () => Promise.reject(new Error("down")) };
    await expect(move(advance, parts)).rejects.toThrow("down");
    expect(share.writes).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["another alarm", alarmEvent("ALARM", "other")],
    ["the end of an alarm", alarmEvent("OK")],
    ["something else", {}],
  ])("does not move by %s", async (_, event) => {
    const share = new Share(10);
    const moving = (async () => move(event as AlarmEvent, share.parts("OK")))();
    await expect(moving).rejects.toThrow(`The event is neither the schedule's nor ALARM of ${alarmName}; invoke`);
    expect(share.writes).toEqual([]);
  });
});

(hasMoto() ? describe : describe.skip)("The handler", () => {
  const region = "eu-west-1";
  const path = "/canaries/prod-ledger";
  const parameter = `${path}/share-percent`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const before = { ...process.env };
  let moto: Moto | undefined;
  let client: SSMClient;
  let handler: (event: AlarmEvent | AdvanceEvent, context: Context) => Promise<unknown>;

  const invoke = (event: AlarmEvent | AdvanceEvent) => handler(event, { awsRequestId: "1" } as Context);
  const share = () => new CanaryShare(client, parameter);
  const percent = async () => (await share().read()).percent;
  const set = (Value: string) =>
    client.send(new PutParameterCommand({ Name: parameter, Value, Type: "String", Overwrite: true }));
  /** CloudWatch's JSON, which needs no SDK here. */
  const cloudWatch = async (operation: string, body: object) => {
    const answer = await fetch(moto?.endpoint ?? "", {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/monitoring/aws4_request, SignedHeaders=host, Signature=x`,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`);
  };
  const setState = (StateValue: string) =>
    cloudWatch("SetAlarmState", { AlarmName: alarmName, StateValue, StateReason: "a test" });
  /** How many of 200 tenants the functions of the region give the new version. */
  const newTenants = async () => {
    const settings = new Settings({
      source: parameterStoreSource({ path, region, client }),
      settings: { "share-percent": integer(0, 100).default(0) },
    });
    const canary = new VersionCanary({ name: "prod-ledger", sharePercent: () => settings.get("share-percent") });
    const picks = await Promise.all(Array.from({ length: 200 }, (_, index) => canary.pick(`tenant-${index}`)));
    return picks.filter((version) => version === "new").length;
  };
  const rotate = async () => {
    const rotation = new RotationCanary(new Map([[region, share()]]), 10);
    await rotation.requireOver("createSecret");
    await rotation.begin("finishSecret");
  };

  beforeAll(async () => {
    moto = await startMoto();
    client = new SSMClient({ region, endpoint: moto?.endpoint, maxAttempts: 1, credentials });
    Object.assign(process.env, {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL: moto?.endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH: moto?.endpoint,
      ENVIRONMENT: "prod",
      ALARM_NAME: alarmName,
      BAKE_MINUTES: "60",
      SHARE_PARAMETER: parameter,
    });
    // It reads its environment when it is loaded.
    ({ handler } = (await import(join(__dirname, "../../../handlers/version-canary/handler"))) as {
      handler: typeof handler;
    });
    await cloudWatch("PutMetricAlarm", {
      AlarmName: alarmName,
      Namespace: "Evenkeel/Secrets",
      MetricName: "CanaryFailures",
      Dimensions: [
        { Name: "Name", Value: "prod-ledger" },
        { Name: "Version", Value: "new" },
      ],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    });
  }, 90_000);
  beforeEach(async () => {
    await set("100");
    await setState("OK");
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    process.env = before;
    await moto?.stop();
  });

  test("rolls back what a rotation began, after which no rotation starts", async () => {
    await rotate();
    expect(await percent()).toBe(10);
    const tried = await newTenants();
    expect(tried).toBeGreaterThan(5);
    expect(tried).toBeLessThan(40);
    await setState("ALARM");
    expect(await invoke(alarmEvent())).toEqual({ did: "rolled back", from: 10, to: 0 });
    expect(await newTenants()).toBe(0);
    await expect(rotate()).rejects.toThrow("createSecret: traffic still uses the version before");
    await setState("OK");
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + 10_000 * minute);
    expect(await invoke(advance)).toMatchObject({ did: "nothing", percent: 0 });
  });

  test("advances to all of the traffic after the bake time, after which a rotation may start", async () => {
    await rotate();
    expect(await invoke(advance)).toMatchObject({ did: "nothing", percent: 10, because: "the bake time is not over" });
    const now = Date.now();
    jest.spyOn(Date, "now").mockReturnValue(now + 61 * minute);
    expect(await invoke(advance)).toEqual({ did: "advanced", from: 10, to: 100 });
    expect(await newTenants()).toBe(200);
    await rotate();
    expect(await percent()).toBe(10);
  });

  test("rolls back instead of advancing while the alarm is on, though its event was lost", async () => {
    await rotate();
    await setState("ALARM");
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + 61 * minute);
    expect(await invoke(advance)).toEqual({ did: "rolled back", from: 10, to: 0 });
  });

  test("leaves a share alone that is none, and says what it must be", async () => {
    await set("ten");
    await expect(invoke(advance)).rejects.toThrow(`${parameter} must be a whole number from 0 to 100; set it to one.`);
  });

  describe("alarmState", () => {
    const ask = (name: string, endpoint = moto?.endpoint) =>
      alarmState({ region, alarmName: name, credentials, endpoint });

    test("is that of the one alarm", async () => {
      await setState("INSUFFICIENT_DATA");
      expect(await ask(alarmName)).toBe("INSUFFICIENT_DATA");
    });

    test("is unknown for an alarm that is not there", async () => {
      await expect(ask("other")).rejects.toThrow("There is no alarm other; deploy the canary again.");
    });

    test("is unknown when CloudWatch refuses or does not answer", async () => {
      const server = createServer((_, answer) => answer.writeHead(403).end("AccessDenied")).listen(0, "127.0.0.1");
      await once(server, "listening");
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await expect(ask(alarmName, endpoint)).rejects.toThrow("CloudWatch answered with 403; check the function's perm");
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await expect(ask(alarmName, endpoint)).rejects.toThrow("CloudWatch does not answer (TypeError); check the");
    });
  });
});
