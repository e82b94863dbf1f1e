import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** dynalite in a process of its own. */
export interface DynamoDb {
  readonly endpoint: string;
  createTable(name: string): Promise<void>;
  /** How many items a table has. */
  items(name: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startDynamoDb(): Promise<DynamoDb> {
  const child = fork(join(__dirname, "dynamodb-process.js"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const endpoint = `http://127.0.0.1:${port}`;
  const ask = async (action: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${action}`,
        "x-amz-date": "20260101T000000Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=soak/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`DynamoDB answered ${action} with ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  return {
    endpoint,
    async createTable(TableName) {
      await ask("CreateTable", {
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      });
    },
    async items(TableName) {
      let count = 0;
      let ExclusiveStartKey: unknown;
      do {
        const page = await ask("Scan", {
          TableName,
          Select: "COUNT",
          ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
        });
        count += Number(page.Count);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return count;
    },
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
