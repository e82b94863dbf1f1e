import { stateOfOutputs, withDrift } from "../../rollout/copied-state";
import type { Plan } from "../../terraform";

const state = {
  version: 4,
  resources: [
    {
      mode: "managed",
      type: "aws_sqs_queue",
      name: "orders",
      instances: [
        { index_key: "a", attributes: { name: "a", delay: 1 } },
        { index_key: "b", attributes: { name: "b", delay: 1 } },
      ],
    },
    {
      module: "module.m",
      mode: "managed",
      type: "aws_sqs_queue",
      name: "x",
      instances: [{ attributes: { name: "x" } }],
    },
  ],
};
const drift = (...resource_drift: object[]) => ({ format_version: "1.2", resource_drift }) as unknown as Plan;

describe("A copy of a state", () => {
  test("is the state where nothing was changed behind Terraform's back", () => {
    expect(withDrift(state, drift())).toBe(state);
  });

  test("has what the refresh has found, and not what is gone", () => {
    const found = withDrift(
      state,
      drift(
        { address: 'aws_sqs_queue.orders["a"]', change: { actions: ["update"], after: { delay: 9 } } },
        { address: 'aws_sqs_queue.orders["b"]', change: { actions: ["delete"], after: null } },
        { address: "module.m.aws_sqs_queue.x", change: { actions: ["delete"], after: null } },
      ),
    );
    expect(found.resources).toEqual([
      expect.objectContaining({ instances: [{ index_key: "a", attributes: { name: "a", delay: 9 } }] }),
      expect.objectContaining({ instances: [] }),
    ]);
  });

  test("of outputs alone has their types", () => {
    const { outputs } = stateOfOutputs({
      list: { value: ["a", 1], sensitive: true },
      map: { value: { on: true }, sensitive: false },
    });
    expect(outputs).toEqual({
      list: { value: ["a", 1], type: ["tuple", ["string", "number"]], sensitive: true },
      map: { value: { on: true }, type: ["object", { on: "bool" }], sensitive: false },
    });
  });
});
