import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

  test("gives a range of an object, and refuses one that is not there", async () => {
    await call("PUT", "/state/range", { body: "0123456789" });
    const part = await call("GET", "/state/range", { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
    const end = await call("GET", "/state/range", { headers: { range: "bytes=-3" } });
    expect([end.status, await end.text()]).toEqual([206, "789"]);
    const rest = await call("GET", "/state/range", { headers: { range: "bytes=8-99" } });
    expect([rest.headers.get("content-range"), await rest.text()]).toEqual(["bytes 8-9/10", "89"]);
    const none = await call("GET", "/state/range", { headers: { range: "bytes=10-" } });
    expect([none.status, await none.text()]).toEqual([416, expect.stringContaining("<Code>InvalidRange</Code>")]);
  });

  test("keeps to If-Match, for reading and for writing", async () => {
    const put = await call("PUT", "/state/match", { body: "one" });
    const etag = put.headers.get("etag") ?? "";
    const write = (body: string, expected: string) =>
      call("PUT", "/state/match", { body, headers: { "if-match": expected } });
    expect((await call("GET", "/state/match", { headers: { "if-match": etag } })).status).toBe(200);
    expect((await call("GET", "/state/match", { headers: { "if-match": '"other"' } })).status).toBe(412);
    expect((await write("two", etag)).status).toBe(200);
    expect((await write("three", etag)).status).toBe(412);
    expect(await (await call("GET", "/state/match")).text()).toBe("two");
    const missing = await call("PUT", "/state/no-match", { body: "x", headers: { "if-match": etag } });
    expect(missing.status).toBe(404);
    const remove = (expected: string) => call("DELETE", "/state/match", { headers: { "if-match": expected } });
    expect((await remove(etag)).status).toBe(412);
    const now = (await call("GET", "/state/match")).headers.get("etag") ?? "";
    expect([(await remove(now)).status, (await remove(now)).status]).toEqual([204, 412]);
  });

  describe("takes an object in parts, and", () => {
    const big = "a".repeat(5 * 1024 * 1024);
    const begin = async (key: string): Promise<string> => {
      const text = await (await call("POST", `/parts/${key}?uploads=`)).text();
      return /<UploadId>(.*)<\/UploadId>/.exec(text)?.[1] ?? "";
    };
    const part = async (key: string, id: string, number: number, body: string): Promise<string> =>
      (await call("PUT", `/parts/${key}?partNumber=${number}&uploadId=${id}`, { body })).headers.get("etag") ?? "";
    const complete = (key: string, id: string, parts: readonly (readonly [number, string])[]) => {
      const listed = parts.map(
        ([number, etag]) => `<Part><ETag>${etag}</ETag><PartNumber>${number}</PartNumber></Part>`,
      );
      const body = `<CompleteMultipartUpload>${listed.join("")}</CompleteMultipartUpload>`;
      return call("POST", `/parts/${key}?uploadId=${id}`, { body });
    };

    test("joins them in their order", async () => {
      const id = await begin("joined");
      const last = await part("joined", id, 2, "end");
      const first = await part("joined", id, 1, big);
      const listed = await (await call("GET", `/parts/joined?uploadId=${id}`)).text();
      expect(listed).toMatch(/<PartNumber>1<.*<Size>5242880<.*<PartNumber>2<.*<Size>3</s);
      expect((await call("GET", "/parts/joined")).status).toBe(404);
      expect(
        (
          await complete("joined", id, [
            [1, first],
            [2, last],
          ])
        ).status,
      ).toBe(200);
      const got = await (await call("GET", "/parts/joined")).text();
      expect([got.length, got.endsWith("aend")]).toEqual([big.length + 3, true]);
      expect((await complete("joined", id, [[1, first]])).status).toBe(404);
    });

    test("refuses parts that are missing, changed, out of order or too small", async () => {
      const id = await begin("refused");
      const first = await part("refused", id, 1, "small");
      const second = await part("refused", id, 2, "end");
      const codeOf = async (answer: Response) => /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1];
      expect(await codeOf(await complete("refused", id, []))).toBe("MalformedXML");
      expect(await codeOf(await complete("refused", id, [[3, first]]))).toBe("InvalidPart");
      expect(await codeOf(await complete("refused", id, [[1, second]]))).toBe("InvalidPart");
      expect(
        await codeOf(
          await complete("refused", id, [
            [2, second],
            [1, first],
          ]),
        ),
      ).toBe("InvalidPartOrder");
      expect(
        await codeOf(
          await complete("refused", id, [
            [1, first],
            [2, second],
          ]),
        ),
      ).toBe("EntityTooSmall");
    });

    test("forgets them when the upload is aborted", async () => {
      const id = await begin("aborted");
      const etag = await part("aborted", id, 1, "x");
      expect((await call("DELETE", `/parts/aborted?uploadId=${id}`)).status).toBe(204);
      const late = await complete("aborted", id, [[1, etag]]);
      expect([late.status, await late.text()]).toEqual([404, expect.stringContaining("<Code>NoSuchUpload</Code>")]);
    });
  });

  test("says at once that a state is empty, when it is written and when it is read", async () => {
    const written = await call("PUT", "/state/prod/a.tfstate", { body: "" });
    expect([written.status, await written.text()]).toEqual([
      400,
      expect.stringContaining("s3://state/prod/a.tfstate is empty"),
    ]);
    mkdirSync(path.join(directory, "state", "prod"), { recursive: true });
    writeFileSync(path.join(directory, "state", "prod", "b.tfstate.object"), "");
    const read = await call("GET", "/state/prod/b.tfstate");
    expect([read.status, await read.text()]).toEqual([
      400,
      expect.stringContaining("Restore an earlier version of the object"),
    ]);
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
