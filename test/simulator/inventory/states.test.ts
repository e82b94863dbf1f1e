import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Inventory } from "../../../simulator/inventory/inventory";
import { compareWithStates, seed, statesIn } from "../../../simulator/inventory/states";
import type { State, StateResource } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";

const aws = 'provider["registry.terraform.io/hashicorp/aws"]';
const resource = (type: string, name: string, attributes: object, provider = aws): StateResource => ({
  mode: "managed",
  type,
  name,
  provider,
  instances: [{ attributes: attributes as Record<string, unknown> }],
});
const arn = "arn:aws:sqs:eu-west-1:111122223333:orders";
const queue = resource("aws_sqs_queue", "orders", { id: "https://sqs/orders", name: "orders", arn });
const record = resource("aws_route53_record", "www", { id: "Z1_www_A", zone_id: "Z1", name: "www", type: "A" });
const state = (...resources: StateResource[]): State => ({ outputs: {}, resources });
const empty = (): Inventory => new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });

describe("Copies of states", () => {
  test("are taken in where their ARNs and providers say that things stand", () => {
    const inventory = empty();
    const policy = resource("aws_sqs_queue_policy", "orders", { id: "https://sqs/orders" }, `${aws}.eu-central-1`);
    expect(seed(inventory, state(queue, policy, record), { region: "us-east-1", account: "444455556666" })).toBe(3);
    expect(inventory.all().map(({ type, place: { region, account } }) => [type, region, account])).toEqual([
      ["aws_sqs_queue", "eu-west-1", "111122223333"],
      ["aws_sqs_queue_policy", "eu-central-1", "444455556666"],
      ["aws_route53_record", "", "444455556666"],
    ]);
    expect(
      inventory.holderOf(
        "aws_sqs_queue",
        { partition: "aws", account: "111122223333", region: "eu-west-1" },
        { name: "orders" },
      ),
    ).toMatchObject({ type: "aws_sqs_queue" });
  });

  test("are refused when nothing tells where something stands", () => {
    expect(() => seed(empty(), state(record))).toThrow(
      "aws_route53_record.www: the state does not tell in which region and account it stands; name them with --region and --account.",
    );
  });

  test("hold data sources and other providers' resources, which are left out", () => {
    const others = [{ ...queue, mode: "data" as const }, resource("terraform_data", "x", { id: "1" })];
    expect(seed(empty(), state(...others))).toBe(0);
  });
});

describe("The comparison with states", () => {
  test("names what no state knows, and what exists in states only", () => {
    const inventory = empty();
    const other = resource("aws_sqs_queue", "other", { id: "https://sqs/other", name: "other", arn: `${arn}-2` });
    seed(inventory, state(queue, other));
    const { orphans, missing } = compareWithStates(inventory, [state(queue), state(record)]);
    expect(orphans.map(({ state: { name } }) => name)).toEqual(["other"]);
    expect(missing).toEqual(["aws_route53_record.www"]);
  });

  test("tells things of one id apart by their region", () => {
    const inventory = empty();
    const alias = (region: string) => {
      const attributes = { id: "alias/data", name: "alias/data", arn: `arn:aws:kms:${region}:111122223333:alias/data` };
      return resource("aws_kms_alias", `data_alias-${region}`, attributes, `${aws}.${region}`);
    };
    const both = state(alias("eu-west-1"), alias("eu-central-1"));
    seed(inventory, both);
    expect(compareWithStates(inventory, [both])).toEqual({ orphans: [], missing: [] });
    const { orphans, missing } = compareWithStates(inventory, [state(alias("eu-central-1"))]);
    expect([orphans.map(({ place }) => place.region), missing]).toEqual([["eu-west-1"], []]);
  });

  test("reads the states of local backends and of the simulated S3", () => {
    const directory = temporaryFolder();
    for (const file of ["state/a.tfstate", "s3/bucket/prod/b.tfstate.object"]) {
      mkdirSync(join(directory, file, ".."), { recursive: true });
      writeFileSync(join(directory, file), JSON.stringify(state(queue)));
    }
    cpSync(join(directory, "state", "a.tfstate"), join(directory, "state", "a.tfstate.backup"));
    expect(statesIn(directory)).toEqual([state(queue), state(queue)]);
    expect(statesIn(temporaryFolder())).toEqual([]);
  });
});
