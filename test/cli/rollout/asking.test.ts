import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { healthAsking, lambdaAliases } from "../../../cli/rollout/asking";
import { addressesIn } from "../../../cli/rollout/request";
import { Inventory } from "../../../simulator/inventory/inventory";
import { type StateStore, startStateStore } from "../../../simulator/state-store";
import { ObjectStore } from "../../../simulator/state-store/objects";
import { temporaryFolder } from "../../support/temporary-folder";

const account = "111122223333";
const region = "eu-central-1";
const folder = temporaryFolder();
const before = { ...process.env };
let store: StateStore;
let server: Server | undefined;

const place = { partition: "aws", account, region };
const inventory = new Inventory({ file: join(folder, "inventory.jsonl") });
const names = Array.from({ length: 130 }, (_, index) => `shop-alarm-${index}`);

beforeAll(async () => {
  for (const name of names) {
    const arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
    inventory.put({ type: "aws_cloudwatch_metric_alarm", place, state: { id: name, alarm_name: name, arn } });
  }
  const composite = { id: "shop-budget", alarm_name: "shop-budget", arn: "arn:of:composite" };
  inventory.put({ type: "aws_cloudwatch_composite_alarm", place, state: composite });
  inventory.put({
    type: "aws_lambda_function",
    place,
    state: { id: "shop-orders", function_name: "shop-orders", version: "3", arn: "arn:of:function" },
  });
  inventory.put({
    type: "aws_lambda_alias",
    place,
    state: { id: "live", arn: "arn:of:alias", function_name: "shop-orders", name: "live", function_version: "3" },
  });
  store = await startStateStore({
    objects: new ObjectStore(join(folder, "s3")),
    account,
    inventory,
    alarmFile: join(folder, "alarms.json"),
  });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "simulated",
    AWS_SECRET_ACCESS_KEY: "simulated",
    AWS_ENDPOINT_URL: store.url,
  });
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

afterAll(async () => {
  await store.stop();
  process.env = before;
});

/** A server that answers every request in the same way. */
async function answering(status: number, body: object, headers: Record<string, string> = {}): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...headers });
    response.end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = (action: string, body: object): Promise<Response> =>
  fetch(store.url, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${region}/monitoring/aws4_request, SignedHeaders=host`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `GraniteServiceVersion20100801.${action}`,
    },
    body: JSON.stringify(body),
  });

describe("Alarms", () => {
  const asking = () =>
    healthAsking({ account, alarmNames: () => [...names, "shop-budget", "shop-gone"], address: () => undefined });

  test("are asked for by name, page by page, composite ones included; one without data has no state yet", async () => {
    await call("SetAlarmState", { AlarmName: "shop-budget", StateValue: "ALARM", StateReason: "burning" });
    const alarms = await (await asking()).alarms(region);
    expect(alarms).toHaveLength(131);
    expect(alarms.filter(({ state }) => state !== "INSUFFICIENT_DATA")).toEqual([
      { name: "shop-budget", state: "ALARM", reason: "burning" },
    ]);
    expect(await (await asking()).alarms("eu-west-1")).toEqual([]);
  });

  test("are paged, and set by their name alone, as CloudWatch has it", async () => {
    const first = (await (await call("DescribeAlarms", {})).json()) as { MetricAlarms: object[]; NextToken: string };
    expect([first.MetricAlarms.length, first.NextToken]).toEqual([50, "50"]);
    const unknown = await call("SetAlarmState", { AlarmName: "x", StateValue: "OK", StateReason: "" });
    expect([unknown.status, unknown.headers.get("x-amzn-errortype")]).toEqual([404, "ResourceNotFound"]);
    expect((await call("SetAlarmState", { AlarmName: "shop-budget", StateValue: "BAD" })).status).toBe(400);
    expect((await call("DescribeAlarms", { AlarmNames: names })).status).toBe(400);
  });

  test("that may not be read are an error that names the action, and is not asked again", async () => {
    const body = { __type: "AccessDeniedException", message: "User is not authorized" };
    process.env.AWS_ENDPOINT_URL_CLOUDWATCH = await answering(403, body, {
      "x-amzn-errortype": "AccessDeniedException",
    });
    const refused = await (await asking()).alarms(region).catch((error: unknown) => error);
    delete process.env.AWS_ENDPOINT_URL_CLOUDWATCH;
    expect(refused).toMatchObject({
      isPassing: false,
      message: expect.stringContaining("(cloudwatch:DescribeAlarms): it is not allowed"),
    });
  });
});

describe("An alias", () => {
  const live = { functionName: "shop-orders", alias: "live", region };

  test("is read and moved, by the revision that was read alone, to a version that is there", async () => {
    const aliases = lambdaAliases(account);
    const read = await aliases.read(live);
    expect(read.version).toBe("3");
    await expect(aliases.move(live, "9", read.revisionId)).rejects.toThrow("version 9 is there no more");
    await aliases.move(live, "2", read.revisionId);
    expect((await aliases.read(live)).version).toBe("2");
    await expect(aliases.move(live, "1", read.revisionId)).rejects.toThrow("somebody else has changed it");
    await expect(aliases.read({ ...live, alias: "gone" })).rejects.toThrow("lambda:GetAlias");
  });
});

describe("A check", () => {
  const check = { service: "orders", region, path: "/health" };

  test("expects its status, or any from 200 to 399, of the region's own endpoint", async () => {
    const url = await answering(503, {});
    const asking = await healthAsking({ account, alarmNames: () => [], address: () => ({ url }) });
    expect(await asking.check(check)).toBe("was answered with 503, not with one from 200 to 399");
    expect(await asking.check({ ...check, expectedStatus: 503 })).toBeUndefined();
    const nobody = await healthAsking({
      account,
      alarmNames: () => [],
      address: () => ({ url: "http://127.0.0.1:1" }),
    });
    expect(await nobody.check(check)).toBe("was not answered (ECONNREFUSED)");
    const nowhere = await healthAsking({ account, alarmNames: () => [], address: () => undefined });
    expect(await nowhere.check(check)).toContain("its API is not in eu-central-1");
  });

  test("of an API with a domain goes to the domain's own host in the region", () => {
    const resource = (type: string, attributes: object) => ({ mode: "managed", type, instances: [{ attributes }] });
    const addresses = addressesIn({
      resources: [
        resource("aws_apigatewayv2_api", { id: "a", name: "shop-orders", api_endpoint: "https://a.example" }),
        resource("aws_apigatewayv2_api", { id: "b", name: "shop-carts", api_endpoint: "https://b.example" }),
        resource("aws_apigatewayv2_api_mapping", { api_id: "a", domain_name: "orders.example.com" }),
        resource("aws_apigatewayv2_domain_name", {
          domain_name: "orders.example.com",
          domain_name_configuration: [{ target_domain_name: "d-1.execute-api.eu-west-1.amazonaws.com" }],
        }),
      ],
    });
    expect(Object.fromEntries(addresses)).toEqual({
      "shop-orders": { url: "https://orders.example.com", host: "d-1.execute-api.eu-west-1.amazonaws.com" },
      "shop-carts": { url: "https://b.example" },
    });
  });
});
