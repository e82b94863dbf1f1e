import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { hasMoto, type Moto, startMoto } from "./moto";
import { temporaryFolder } from "./temporary-folder";

(hasMoto() ? describe : describe.skip)("moto, as tests start it", () => {
  let moto: Moto;
  const settings = () => ({
    region: "eu-west-1",
    endpoint: moto.endpoint,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  beforeAll(async () => {
    const folder = temporaryFolder();
    // Python changes threads all the time, so that what is not kept apart meets at once and not on a busy machine alone.
    await writeFile(join(folder, "sitecustomize.py"), "import sys\nsys.setswitchinterval(1e-6)\n");
    moto = (await startMoto({ PYTHONPATH: folder })) as Moto;
  });
  afterAll(() => moto?.stop());

  /** How many of several writers, all at the same moment, succeed with each of many keys. */
  const winners = async (write: (key: string) => Promise<unknown>) => {
    const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
    return await Promise.all(
      keys.map(async (key) => {
        const ended = await Promise.allSettled(Array.from({ length: 8 }, () => write(key)));
        return ended.filter(({ status }) => status === "fulfilled").length;
      }),
    );
  };

  it("lets one of several writers in whose condition is that nobody was first: an item", async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings()));
    await client.send(
      new CreateTableCommand({
        TableName: "claims",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
    const claim = (pk: string) =>
      client.send(
        new PutCommand({ TableName: "claims", Item: { pk }, ConditionExpression: "attribute_not_exists(pk)" }),
      );
    expect(new Set(await winners(claim))).toEqual(new Set([1]));
  });

  it("lets one of several writers in whose condition is that nobody was first: an object", async () => {
    const put = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${moto.endpoint}/${path}`, { method: "PUT", headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`moto answered ${answer.status}`);
    };
    await put("claims");
    const claim = (key: string) => put(`claims/${key}`, { "if-none-match": "*" });
    expect(new Set(await winners(claim))).toEqual(new Set([1]));
  });
});
