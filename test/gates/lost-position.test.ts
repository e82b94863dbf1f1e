import { noLostPosition } from "../../gates/rules/no-lost-position";
import type { ResourceChange } from "../../terraform";
import { change, plan, update } from "./plans";

const address = "aws_lambda_event_source_mapping.orders";
const found = (checked: ResourceChange) => noLostPosition.check(plan([checked]), { others: [], dataHoldingTypes: {} });
const before = { starting_position: "TRIM_HORIZON", event_source_arn: "arn:aws:dynamodb:eu-west-1:1:table/a/stream/1" };
const replaced = (values: object, path?: string): ResourceChange => {
  const one = change(address, ["delete", "create"], { before: values });
  return path === undefined ? one : { ...one, change: { ...one.change, replace_paths: [[path]] } };
};

describe("no-lost-position", () => {
  test.each(["starting_position", "event_source_arn"])("catches a mapping that is replaced for another %s", (path) => {
    expect(found(replaced(before, path))).toEqual([
      {
        address,
        message: `would be replaced because ${path} changes, and forget what it has read`,
        removes: address,
      },
    ]);
  });

  test("catches one that is replaced by hand", () => expect(found(replaced(before))).toHaveLength(1));

  test("passes mappings of queues, which have no position, and changes in place", () => {
    expect(found(replaced({ starting_position: "", event_source_arn: "arn:aws:sqs:eu-west-1:1:a" }))).toEqual([]);
    expect(found(replaced({ starting_position: null }))).toEqual([]);
    expect(found(update(address, before, { ...before, batch_size: 10 }))).toEqual([]);
  });

  test("leaves a mapping that goes to the gate of vanished addresses", () => {
    expect(found(change(address, ["delete"], { before }))).toEqual([]);
  });
});
