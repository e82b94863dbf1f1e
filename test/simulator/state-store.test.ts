import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ObjectStore } from "../../simulator/state-store/objects";
import { temporaryFolder } from "../support/temporary-folder";

let directory: string;
let store: StateStore;

beforeAll(async () => {
  directory = temporaryFolder();
  store = await startStateStore({ objects: new ObjectStore(directory), account: "111122223333" });
});

afterAll(async () => {
  await store.stop();
});

const signed = (service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=simulated/20250101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

function call(
  method: string,
  url: string,
  options: { body?: string; headers?: Record<string, string>; service?: string } = {},
): Promise<Response> {
  const headers = { ...signed(options.service ?? "s3"), ...options.headers };
  return fetch(store.url + url, { method, headers, ...(options.body !== undefined && { body: options.body }) });
}

describe("the state store", () => {
  test("gives back what was put, with its ETag", async () => {
    const put = await call("PUT", "/state/prod/keys.tfstate?x-id=PutObject", { body: "{}" });
    const got = await call("GET", "/state/prod/keys.tfstate?x-id=GetObject");
    const etag = `"${createHash("md5").update("{}").digest("hex")}"`;
    expect([put.status, put.headers.get("etag"), got.status, await got.text(), got.headers.get("etag")]).toEqual([
      200,
      etag,
      200,
      "{}",
      etag,
    ]);
  });

  test("answers HEAD with the length and no body", async () => {
    await call("PUT", "/state/head", { body: "12345" });
    const head = await call("HEAD", "/state/head");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "5", ""]);
  });

  test("answers NoSuchKey for an object that is not there", async () => {
    const got = await call("GET", "/state/none");
    expect([got.status, await got.text()]).toEqual([404, expect.stringContaining("<Code>NoSuchKey</Code>")]);
  });

  test("creates an object with If-None-Match once, and answers 412 while it is there", async () => {
    const lock = (): Promise<Response> =>
      call("PUT", "/state/a.tflock", { body: "me", headers: { "if-none-match": "*" } });
    const statuses = (await Promise.all([lock(), lock(), lock()])).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 412, 412]);
    expect(await (await lock()).text()).toContain("<Code>PreconditionFailed</Code>");
    expect((await call("DELETE", "/state/a.tflock")).status).toBe(204);
    expect((await lock()).status).toBe(200);
  });

  test("takes the SDK's own chunks with trailers apart", async () => {
    const body = "5\r\nhello\r\n6;chunk-signature=0\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
    await call("PUT", "/state/chunked", {
      body,
      headers: { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" },
    });
    expect(await (await call("GET", "/state/chunked")).text()).toBe("hello world");
  });

  test("lists by prefix, with folders at a delimiter", async () => {
    for (const key of ["env:/blue/a", "env:/green/a", "env:/green/b", "other"])
      await call("PUT", `/listed/${key}`, { body: "" });
    const text = await (await call("GET", "/listed?list-type=2&prefix=env%3A%2F&delimiter=%2F")).text();
    expect(text).not.toContain("<Key>");
    expect(text).toContain("<Prefix>env:/</Prefix>");
    const all = await (await call("GET", "/listed?list-type=2&prefix=env%3A%2Fgreen&max-keys=1")).text();
    expect(all).toContain("<Key>env:/green/a</Key>");
    expect(all).toContain("<NextContinuationToken>env:/green/a</NextContinuationToken>");
    const next = await (
      await call("GET", "/listed?list-type=2&prefix=env%3A%2Fgreen&continuation-token=env%3A%2Fgreen%2Fa")
    ).text();
    expect(next).toContain("<Key>env:/green/b</Key>");
    expect(next).toContain("<IsTruncated>false</IsTruncated>");
  });

  test("keeps objects below its folder, whatever their keys", async () => {
    await call("PUT", "/state/..%2F..%2Fescape", { body: "x" });
    expect(await (await call("GET", "/state/..%2F..%2Fescape")).text()).toBe("x");
    expect(readFileSync(path.join(directory, "state", "%2E%2E", "%2E%2E", "escape.object"), "utf8")).toBe("x");
  });

  test("knows every bucket", async () => {
    const head = await call("HEAD", "/any-bucket");
    expect([head.status, head.headers.get("x-amz-bucket-region")]).toEqual([200, "eu-west-1"]);
  });

  test("says who the caller is", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await call("POST", "/", {
      service: "sts",
      headers,
      body: "Action=GetCallerIdentity&Version=2011-06-15",
    });
    expect(await answer.text()).toContain("<Account>111122223333</Account>");
  });

  test.each([
    [
      "dynamodb",
      { "x-amz-target": "DynamoDB_20120810.ListTables", "content-type": "application/x-amz-json-1.0" },
      "{}",
      /dynamodb calls \(ListTables\)/,
    ],
    [
      "ec2",
      { "content-type": "application/x-www-form-urlencoded" },
      "Action=DescribeVpcs",
      /ec2 calls \(DescribeVpcs\)/,
    ],
    ["lambda", { "content-type": "application/json" }, "{}", /lambda calls \(POST \/x\)/],
  ])("refuses a call to %s by name", async (service, headers, body, message) => {
    const answer = await call("POST", "/x", { service, headers: { ...headers } as Record<string, string>, body });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(message)]);
    expect(store.refused.some((refused) => refused.startsWith(service))).toBe(true);
  });

  test("refuses what S3 can do and Terraform does not need", async () => {
    const answer = await call("PUT", "/state/a?tagging", { body: "<Tagging/>" });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("does not answer s3 calls")]);
  });
});
