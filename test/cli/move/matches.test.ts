import { candidatesIn, goneIn, matchesOf, newIn } from "../../../cli/move/matches";
import { missingIn } from "../../../cli/move/missing";
import type { PlannedStack } from "../../../rollout";
import type { Configuration, ResourceChange } from "../../../terraform";
import { change, plan } from "../../gates/plans";

const planned = (stack: string, changes: readonly ResourceChange[], configuration?: Configuration): PlannedStack => ({
  stack,
  plan: plan(changes, configuration),
  changes: [],
  hasChanges: true,
  state: {},
  predictedFrom: [],
  predicted: [],
});
const gone = (address: string, before: object) =>
  change(address, ["delete"], { before, action_reason: "delete_because_no_resource_config" });
const added = (address: string, after: object) => change(address, ["create"], { after });

function matched(...plans: readonly PlannedStack[]) {
  const { matches, undecided } = matchesOf(goneIn(plans), newIn(plans));
  const place = ({ stack, address }: { stack: string; address: string }) => `${stack} ${address}`;
  return {
    matches: matches.map(({ from, to }) => `${place(from)} -> ${place(to)}`),
    undecided: undecided.map(({ from, to }) => `${place(from)} -> ${to.map(place).join(" or ")}`),
  };
}

describe("What has another address", () => {
  test("is found by its name in AWS, also in another stack", () => {
    expect(
      matched(
        planned("data", [
          gone("aws_dynamodb_table.a", { name: "orders" }),
          added("aws_dynamodb_table.x", { name: "stock" }),
        ]),
        planned("own", [added("aws_dynamodb_table.b", { name: "orders" })]),
      ),
    ).toEqual({ matches: ["data aws_dynamodb_table.a -> own aws_dynamodb_table.b"], undecided: [] });
  });

  test("is not one in another region", () => {
    const configuration: Configuration = {
      provider_config: {
        "aws.eu-west-2": { alias: "eu-west-2", expressions: { region: { constant_value: "eu-west-2" } } },
      },
      root_module: { resources: [{ address: "aws_dynamodb_table.b", provider_config_key: "aws.eu-west-2" }] },
    };
    const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/orders";
    const changes = [
      gone("aws_dynamodb_table.a", { name: "orders", arn }),
      added("aws_dynamodb_table.b", { name: "orders" }),
    ];
    expect(matched(planned("data", changes, configuration))).toEqual({ matches: [], undecided: [] });
    expect(matched(planned("data", changes)).matches).toHaveLength(1);
  });

  test("is found by its arguments where AWS gives each a new id, if there is one such pair", () => {
    const key = { description: "orders", enable_key_rotation: true };
    const one = [gone("aws_kms_key.a", { ...key, key_id: "1" }), added("aws_kms_key.b", key)];
    expect(matched(planned("keys", one)).matches).toEqual(["keys aws_kms_key.a -> keys aws_kms_key.b"]);
    const two = [...one, gone("aws_kms_key.c", { ...key, key_id: "2" })];
    expect(matched(planned("keys", two))).toEqual({
      matches: [],
      undecided: ["keys aws_kms_key.a -> keys aws_kms_key.b", "keys aws_kms_key.c -> keys aws_kms_key.b"],
    });
    expect(
      matched(planned("keys", [gone("aws_kms_key.a", key), added("aws_kms_key.b", { description: "other" })])),
    ).toEqual({
      matches: [],
      undecided: [],
    });
  });

  test("is not what is replaced, or what tags alone have in common", () => {
    const tags = { tags: { team: "orders" } };
    const replaced = change("aws_kms_key.a", ["delete", "create"], { before: tags, after: tags });
    expect(matched(planned("keys", [replaced, added("aws_kms_key.b", tags)])).matches).toEqual([]);
    expect(matched(planned("keys", [gone("aws_kms_key.a", tags), added("aws_kms_key.b", tags)])).matches).toEqual([]);
  });
});

describe("What may exist already", () => {
  test("is new, with an id that is known, or that something imported refers to", () => {
    const changes = [
      added("aws_dynamodb_table.orders", { name: "orders" }),
      added("aws_kms_key.orders", { description: "orders" }),
      {
        ...change("aws_kms_alias.orders", ["update"], { before: { target_key_id: "1234" } }),
        change: { actions: ["update"], before: { target_key_id: "1234" }, importing: { id: "alias/orders" } },
      } satisfies ResourceChange,
    ];
    const references = ["aws_kms_key.orders.key_id", "aws_kms_key.orders"];
    const resources = [{ address: "aws_kms_alias.orders", expressions: { target_key_id: { references } } }];
    const found = candidatesIn([planned("data", changes, { root_module: { resources } })]);
    expect(found.map(({ to, id }) => [to.address, id])).toEqual([
      ["aws_dynamodb_table.orders", "orders"],
      ["aws_kms_key.orders", "1234"],
    ]);
  });

  test("is what the words of a failed plan do not deny", () => {
    const changes = ["orders", "orders_old"].map((name) => added(`aws_dynamodb_table.${name}`, { name }));
    const candidates = candidatesIn([planned("prod-data", changes)]);
    const denied = (words: string) => [...missingIn(words, candidates)].map(({ to }) => to.address);
    const error =
      'Error: Cannot import non-existent remote object\n\nexisting object to "aws_dynamodb_table.orders", the provider';
    expect(denied(`prod-data: terraform plan failed:\n${error}`)).toEqual(["aws_dynamodb_table.orders"]);
    expect(denied(`prod-keys: terraform plan failed:\n${error}`)).toEqual([]);
    expect(denied("prod-data: failed:\nError: AccessDenied\n  with aws_dynamodb_table.orders")).toEqual([]);
  });
});
