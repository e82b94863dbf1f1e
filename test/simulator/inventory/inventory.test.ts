import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Inventory } from "../../../simulator/inventory/inventory";
import type { Thing } from "../../../simulator/inventory/thing";
import { temporaryFolder } from "../../support/temporary-folder";

const place = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const queue = (name: string, more: Partial<Thing> = {}): Thing => ({
  type: "aws_sqs_queue",
  place,
  state: { id: `https://sqs/${name}`, name, arn: `arn:aws:sqs:eu-west-1:111122223333:${name}` },
  ...more,
});
const newFile = (): string => join(temporaryFolder(), "inventory.jsonl");

describe("The inventory", () => {
  test("finds a thing only in the account and region where it stands", () => {
    const inventory = new Inventory({ file: newFile() });
    const { type, state } = queue("orders");
    inventory.put(queue("orders"));
    expect(inventory.find(type, place, state)?.state).toEqual(state);
    expect(inventory.find(type, { ...place, region: "eu-central-1" }, state)).toBeUndefined();
    expect(inventory.find(type, { ...place, account: "444455556666" }, state)).toBeUndefined();
  });

  test("finds what a global service keeps from every region", () => {
    const inventory = new Inventory({ file: newFile() });
    const role: Thing = { type: "aws_iam_role", place, state: { id: "orders", name: "orders" } };
    inventory.put(role);
    expect(inventory.find(role.type, { ...place, region: "us-east-1" }, role.state)?.state).toEqual(role.state);
    expect(inventory.of("aws_iam_role", { ...place, region: "us-east-1" })).toHaveLength(1);
  });

  test("knows who holds a name, in this region of this account", () => {
    const inventory = new Inventory({ file: newFile() });
    inventory.put(queue("orders"));
    expect(inventory.holderOf("aws_sqs_queue", place, { name: "orders" })).toMatchObject(queue("orders"));
    expect(
      inventory.holderOf("aws_sqs_queue", { ...place, region: "eu-central-1" }, { name: "orders" }),
    ).toBeUndefined();
    expect(inventory.holderOf("aws_sqs_queue", place, { name: "others" })).toBeUndefined();
  });

  test("knows who holds any of the names of a thing, and each copy of it in its own region", () => {
    const inventory = new Inventory({ file: newFile() });
    const distribution = { id: "E1", aliases: ["www.example.com", "api.example.com"] };
    inventory.put({ type: "aws_cloudfront_distribution", place, state: distribution });
    const another = { ...place, account: "444455556666" };
    const holder = (aliases: string[]) => inventory.holderOf("aws_cloudfront_distribution", another, { aliases });
    expect(holder(["new.example.com", "API.example.com"])).toMatchObject({ state: distribution });
    expect(holder(["new.example.com"])).toBeUndefined();
    const own = inventory.holderOf("aws_cloudfront_distribution", place, distribution, distribution);
    expect(own).toBeUndefined();
    const secret = { id: "arn", name: "login", replica: [{ region: "eu-central-1" }] };
    inventory.put({ type: "aws_secretsmanager_secret", place, state: secret });
    const inRegion = (region: string) =>
      inventory.holderOf("aws_secretsmanager_secret", { ...place, region }, { name: "login" });
    expect(inRegion("eu-central-1")).toMatchObject({ state: secret });
    expect(inRegion("eu-north-1")).toBeUndefined();
  });

  test("tells things apart whose ids are equal", () => {
    const inventory = new Inventory({ file: newFile() });
    const stage = (api_id: string) => ({ id: "$default", name: "$default", api_id });
    for (const api of ["a1", "a2"]) inventory.put({ type: "aws_apigatewayv2_stage", place, state: stage(api) });
    expect(inventory.all()).toHaveLength(2);
    inventory.remove({ type: "aws_apigatewayv2_stage", place, state: stage("a1") });
    expect(inventory.all().map(({ state }) => state.api_id)).toEqual(["a2"]);
  });

  test("does not count a name that a thing had before its change, though a copy of it has the name too", () => {
    const inventory = new Inventory({ file: newFile() });
    const table = { id: "orders", name: "orders", replica: [{ region_name: "eu-central-1" }] };
    inventory.put({ type: "aws_dynamodb_table", place, state: table });
    const elsewhere = { ...place, region: "eu-central-1" };
    const copy = { id: "orders:eu-west-1", global_table_arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" };
    inventory.put({ type: "aws_dynamodb_table_replica", place: elsewhere, state: copy });
    const changed = { ...table, deletion_protection_enabled: false };
    expect(inventory.holderOf("aws_dynamodb_table", place, changed, table)).toBeUndefined();
    expect(inventory.holderOf("aws_dynamodb_table", place, changed)).toBeDefined();
  });

  test("keeps a name taken after deletion, as long as AWS does", () => {
    let now = 0;
    const inventory = new Inventory({ file: newFile(), now: () => now });
    inventory.put(queue("orders"));
    inventory.remove(queue("orders"), 60_000);
    expect(inventory.all()).toEqual([]);
    expect(inventory.holderOf("aws_sqs_queue", place, { name: "orders" })).toMatchObject({ heldUntil: 60_000 });
    expect(inventory.held()).toHaveLength(1);
    now = 60_000;
    expect(inventory.holderOf("aws_sqs_queue", place, { name: "orders" })).toBeUndefined();
    expect(inventory.held()).toEqual([]);
  });

  test("keeps a name taken for ever where AWS does", () => {
    const inventory = new Inventory({ file: newFile(), now: () => Number.MAX_SAFE_INTEGER });
    inventory.put(queue("orders"));
    inventory.remove(queue("orders"), Number.POSITIVE_INFINITY);
    expect(inventory.holderOf("aws_sqs_queue", place, { name: "orders" })).toHaveProperty("thing");
  });

  test("outlives the process, with what is held", () => {
    const file = newFile();
    const first = new Inventory({ file });
    for (const name of ["a", "b", "c"])
      first.put(queue(name, { owner: { folder: "/out/data", address: `aws_sqs_queue.${name}` } }));
    first.remove(queue("b"), 60_000);
    first.remove(queue("c"));
    const reopened = new Inventory({ file });
    first.compact();
    for (const second of [reopened, new Inventory({ file })]) {
      expect(second.all().map(({ state }) => state.name)).toEqual(["a"]);
      expect(second.held().map(({ thing }) => thing.state.name)).toEqual(["b"]);
      expect([...second.madeIn("/out/data").keys()]).toEqual(["aws_sqs_queue.a"]);
    }
  });

  test("remembers the id of something that AWS made and that was deleted, also in another process", () => {
    const file = newFile();
    const first = new Inventory({ file });
    const key: Thing = { type: "aws_kms_key", place, state: { id: "mrk-1", arn: "arn:aws:kms:eu-west-1:1:key/mrk-1" } };
    first.put(key);
    first.remove(key, 0, true);
    first.compact();
    const second = new Inventory({ file });
    expect(second.find(key.type, place, key.state)).toBeUndefined();
    expect(second.held()).toEqual([]);
    expect(second.deletedOf("aws_kms_key")).toMatchObject([key]);
    expect(second.hasId(key.type, place, key.state)).toBe(true);
  });

  test("frees the names of copies in other regions at once", () => {
    const inventory = new Inventory({ file: newFile() });
    const state = { id: "arn:secret", name: "prod-a", replica: [{ region: "eu-central-1" }] };
    const secret: Thing = { type: "aws_secretsmanager_secret", place, state };
    inventory.put(secret);
    const there = { ...place, region: "eu-central-1" };
    expect(inventory.holderOf(secret.type, there, { name: "prod-a" })).toMatchObject(secret);
    inventory.remove(secret, 60_000);
    expect(inventory.holderOf(secret.type, place, { name: "prod-a" })).toHaveProperty("heldUntil");
    expect(inventory.holderOf(secret.type, there, { name: "prod-a" })).toBeUndefined();
  });

  test("is shared by two processes, and read anew when somebody puts an older copy in its place", () => {
    const file = newFile();
    const [one, other] = [new Inventory({ file }), new Inventory({ file })];
    one.put(queue("a"));
    copyFileSync(file, `${file}.copy`);
    other.put(queue("b"));
    one.put(queue("c"));
    expect(one.all().map(({ state }) => state.name)).toEqual(["a", "b", "c"]);
    expect(other.all().map(({ state }) => state.name)).toEqual(["a", "b", "c"]);
    copyFileSync(`${file}.copy`, file);
    expect(one.all().map(({ state }) => state.name)).toEqual(["a"]);
  });
});
