import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { CreateTableCommand, DescribeTableCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { hasMoto, startMoto } from "../support/moto";

/** A DynamoDB-compatible server in a test's own hands. */
export interface Backend {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A kind of server, and what it can do. */
export interface BackendKind {
  readonly name: string;
  /** Whether it accepts a table's time to live; none of them acts on it. */
  readonly timeToLive: boolean;
  start(): Promise<Backend>;
}

async function startDynalite(): Promise<Backend> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

async function startRequiredMoto(): Promise<Backend> {
  const moto = await startMoto();
  if (moto === undefined) {
    throw new Error("moto_server was there when the tests were collected, and is not now.");
  }
  return moto;
}

/** The server that npm brings along and so always runs. */
export const dynaliteBackend: BackendKind = { name: "dynalite", start: startDynalite, timeToLive: false };

/** moto, which knows more of DynamoDB but needs Python; undefined where it is not installed. */
export const motoBackend: BackendKind | undefined = hasMoto()
  ? { name: "moto", start: startRequiredMoto, timeToLive: true }
  : undefined;

/** Creates the orders table with the keys, the index and, where the server knows it, the time to live of the real one. */
export async function createOrdersTable(
  client: DynamoDBDocumentClient,
  table: string,
  timeToLive: boolean,
): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "customerId", "createdAt"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-customer",
          KeySchema: [
            { AttributeName: "customerId", KeyType: "HASH" },
            { AttributeName: "createdAt", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const index = Table?.GlobalSecondaryIndexes?.[0];
    if (Table?.TableStatus === "ACTIVE" && index?.IndexStatus === "ACTIVE") {
      break;
    }
    await delay(20);
  }
  if (timeToLive) {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { Enabled: true, AttributeName: "expiresAt" },
      }),
    );
  }
}
