import { planDifferences } from "../../rollout";
import type { Plan, ResourceChange } from "../../terraform";

const change = (address: string, actions: string, after: object, more: object = {}): ResourceChange =>
  ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    change: { actions: actions.split(","), after, ...more },
  }) as ResourceChange;

const planOf = (...changes: ResourceChange[]): Plan => ({ format_version: "1.2", resource_changes: changes });

const foretold = "arn:aws:kms:eu-west-1:111111111111:key/foretold";
const real = "arn:aws:kms:eu-west-1:111111111111:key/real";
const replacements = new Map([[foretold, real]]);
const predicted = (address: string, ...path: (string | number)[]) => ({ address, path, from: ["shop-keys"] });

const queue = "aws_sqs_queue.orders";
const compare = (
  reviewed: ResourceChange[],
  fresh: ResourceChange[],
  values = [predicted(queue, "kms_master_key_id")],
  begun = false,
) =>
  planDifferences({
    reviewed: planOf(...reviewed),
    predicted: values,
    fresh: planOf(...fresh),
    replacements,
    begun,
  }).map(({ address, difference }) => `${address} ${difference}`);

describe("A fresh plan", () => {
  test("equals the reviewed one with what was foretold replaced by what came", () => {
    const before = change(queue, "create", { name: "orders", kms_master_key_id: foretold });
    expect(compare([before], [change(queue, "create", { name: "orders", kms_master_key_id: real })])).toEqual([]);
  });

  test("differs where another value came than the output that was foretold", () => {
    const before = change(queue, "create", { name: "orders", kms_master_key_id: foretold });
    expect(compare([before], [change(queue, "create", { name: "orders", kms_master_key_id: "another" })])).toEqual([
      `${queue} has another value at kms_master_key_id`,
    ]);
  });

  test("differs from what was foretold and came as foretold", () => {
    const before = change(queue, "create", { kms_master_key_id: "arn:same" });
    const fresh = (key: string) => planOf(change(queue, "create", { kms_master_key_id: key }));
    const compared = { reviewed: planOf(before), predicted: [predicted(queue, "kms_master_key_id")] };
    const same = new Map([["arn:same", "arn:same"]]);
    expect(planDifferences({ ...compared, fresh: fresh("arn:same"), replacements: same })).toEqual([]);
    expect(planDifferences({ ...compared, fresh: fresh("arn:other"), replacements: same })).toHaveLength(1);
  });

  test("has the elements of a set in another order, where values in them came otherwise than foretold", () => {
    const distribution = "aws_cloudfront_distribution.shop";
    const origin = (id: string, domain: string) => ({ origin_id: id, domain_name: domain, custom_header: [] });
    // A part of an output, which cannot be followed by its text.
    const before = change(distribution, "create", {
      origin: [origin("eu-central-1", "aaa.example.com"), origin("eu-west-1", "zzz.example.com")],
    });
    const values = [0, 1].map((index) => predicted(distribution, "origin", index, "domain_name"));
    const planned = (...origins: object[]) => change(distribution, "create", { origin: origins });
    const came = [origin("eu-west-1", "bbb.example.com"), origin("eu-central-1", "yyy.example.com")];
    expect(compare([before], [planned(...came)], values)).toEqual([]);
    expect(compare([before], [planned(came[0] as object, origin("us-east-1", "yyy.example.com"))], values)).toEqual([
      `${distribution} has another value at origin.*.origin_id`,
    ]);
    expect(compare([before], [planned(...came, came[0] as object)], values)).not.toEqual([]);
  });

  test("has no value where the plan leaves one out, whatever it says of what is not known", () => {
    const before = change(queue, "create", { name: "orders" }, { after_unknown: { arn: true, redrive: [], tags: {} } });
    expect(compare([before], [change(queue, "create", { name: "orders", arn: "arn:made" })])).toEqual([]);
    const after = change(queue, "create", { name: "orders" }, { after_unknown: { arn: true, redrive: [], tags: {} } });
    expect(compare([change(queue, "create", { name: "orders" })], [after])).toEqual([]);
  });

  test("differs where a value that was not foretold is another", () => {
    const before = change(queue, "create", { name: "orders", delay_seconds: 0, tags: {} });
    const after = change(queue, "create", { name: "orders", delay_seconds: 5, tags: { Team: "other" } });
    expect(compare([before], [after])).toEqual([
      `${queue} has another value at delay_seconds`,
      `${queue} has another value at tags`,
      `${queue} has another value at tags.Team`,
    ]);
  });

  test("may have what was foretold within a text, and in another place of a list", () => {
    const policy = (arn: string) => JSON.stringify({ Statement: [{ Resource: arn }] });
    const before = change(queue, "update", { policy: policy(foretold), keys: [foretold, "b"] });
    const after = change(queue, "update", { policy: policy(real), keys: ["b", real] });
    const values = [predicted(queue, "policy"), predicted(queue, "keys", 0)];
    expect(compare([before], [after], values)).toEqual([]);
    expect(compare([before], [change(queue, "update", { policy: policy(real), keys: ["c", real] })], values)).toEqual([
      `${queue} has another value at keys.*`,
    ]);
  });

  test("may leave undone what turned out to stay as it is, and do no more than was reviewed", () => {
    const before = change(queue, "update", { kms_master_key_id: foretold });
    expect(compare([before], [change(queue, "no-op", { kms_master_key_id: "as before" })])).toEqual([]);
    expect(compare([before], [])).toEqual([]);
    const replaced = change(queue, "delete,create", { kms_master_key_id: foretold });
    expect(compare([replaced], [change(queue, "update", { kms_master_key_id: real })])).toEqual([]);
    expect(compare([replaced], [change(queue, "update", { kms_master_key_id: real })], [])).toEqual([
      `${queue} would be changed in place, and was planned to be replaced`,
    ]);
    expect(compare([before], [change(queue, "delete,create", { kms_master_key_id: real })])).toEqual([
      `${queue} would be replaced, and was planned to be changed in place`,
    ]);
    expect(compare([], [change(queue, "delete", {})])).toEqual([`${queue} would be destroyed, which was not planned`]);
  });

  test("may know what was only known after apply", () => {
    const unknown = { arn: true, tags_all: { Id: true }, redrive: [{ arn: true }] };
    const before = change(queue, "create", { name: "orders", redrive: [{}] }, { after_unknown: unknown });
    const later = (name: string) =>
      change(queue, "create", { name, arn: "arn:1", tags_all: { Id: "1" }, redrive: [{ arn: "arn:2" }] });
    expect(compare([before], [later("orders")], [], true)).toEqual([]);
    const policy = change(queue, "create", {}, { after_unknown: { policy: true } });
    expect(compare([policy], [change(queue, "create", { policy: "{}" })], [], true)).toEqual([]);
    expect(compare([before], [later("other")], [], true)).toEqual([`${queue} has another value at name`]);
  });

  test("goes on where an apply broke off, and not otherwise", () => {
    const made = change(queue, "create", { name: "orders" });
    const again = change(queue, "delete,create", { name: "orders" });
    expect(compare([made], [again], [], true)).toEqual([]);
    expect(compare([made], [again])).toEqual([`${queue} would be replaced, and was planned to be created`]);
    const replaced = change(queue, "delete,create", { name: "orders" });
    expect(compare([replaced], [change(queue, "create", { name: "orders" })], [], true)).toEqual([]);
    expect(compare([replaced], [change(queue, "create", { name: "orders" })])).toEqual([
      `${queue} would be created, and was planned to be replaced`,
    ]);
  });
});
