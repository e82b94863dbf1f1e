import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readAlarmChange, readBrakes } from "../../../handlers/spend-brake/brakes";
import { pull } from "../../../handlers/spend-brake/pull";
import { reservationsOf } from "../../../handlers/spend-brake/reservations";

const brakes = { "prod-orders-brake": { functionName: "prod-orders", floor: 0 } };
const change = (value: string, alarmName = "prod-orders-brake") =>
  readAlarmChange({
    source: "aws.cloudwatch",
    alarmArn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${alarmName}`,
    accountId: "123456789012",
    region: "eu-west-1",
    alarmData: { alarmName, state: { value, reason: "Threshold Crossed: 5 datapoints" } },
  });

interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Pulls with something that answers as Lambda does, and says what it was asked. */
async function pulled(state: string, reserved: number | undefined, put: Answer = {}, alarmName?: string) {
  const asked: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const isSigned = request.headers.authorization?.includes("/eu-west-1/lambda/aws4_request");
    asked.push(`${request.method} ${request.url} ${body} ${isSigned ? "signed" : "unsigned"}`);
    const now = JSON.stringify(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });
    const answer = request.method === "GET" ? { body: now } : put;
    response.writeHead(answer.status ?? 200, put.headers).end(answer.body ?? "{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };
  try {
    const reservations = reservationsOf({ region: "eu-west-1", credentials, endpoint });
    return { result: await pull(change(state, alarmName), brakes, reservations), asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const read = "GET /2019-09-30/functions/prod-orders/concurrency  signed";
const stop = 'PUT /2017-10-31/functions/prod-orders/concurrency {"ReservedConcurrentExecutions":0} signed';

describe("The brake", () => {
  test.each([
    [400, 400],
    [undefined, null],
  ])("takes the reservation of a function away, of %s, and says what it was", async (reserved, before) => {
    const { result, asked } = await pulled("ALARM", reserved);
    expect(asked).toEqual([read, stop]);
    expect(result).toEqual({
      alarmName: "prod-orders-brake",
      functionName: "prod-orders",
      what: "pulled",
      before,
      floor: 0,
    });
  });

  test("changes nothing where as little is left already, so that what somebody stopped stays stopped", async () => {
    const { result, asked } = await pulled("ALARM", 0);
    expect([result.what, asked]).toEqual(["already pulled", [read]]);
  });

  test.each(["OK", "INSUFFICIENT_DATA"])("releases nothing when the alarm is %s", async (state) => {
    const { result, asked } = await pulled(state, 0);
    expect([result.what, asked]).toEqual(["nothing to do", []]);
  });

  test("fails where Lambda refuses, so that Lambda calls it again", async () => {
    const refused = { status: 429, headers: { "x-amzn-errortype": "TooManyRequestsException:http://x" } };
    await expect(pulled("ALARM", 5, refused)).rejects.toThrow(
      "Lambda answered PutFunctionConcurrency with 429 (TooManyRequestsException).",
    );
  });

  test("refuses alarms and variables that are not the toolkit's", async () => {
    await expect(pulled("ALARM", 5, {}, "other")).rejects.toThrow("The alarm other is of no brake");
    await expect(pulled("ALARM", 5, {}, "constructor")).rejects.toThrow("The alarm constructor is of no brake");
    expect(() => readAlarmChange({ detail: {} })).toThrow("is no change of an alarm");
    for (const text of ["", "3", '{"a":{}}', '{"a":{"functionName":"f","floor":-1}}']) {
      expect(() => readBrakes(text)).toThrow("BRAKES is not what the toolkit writes; deploy the brake again.");
    }
    expect(readBrakes(JSON.stringify(brakes))).toEqual(brakes);
  });
});
