import type { Gate } from "../../contract/gate";
import { configuredResource, managedChanges, type Plan, type ResourceChange, valueAt } from "../../terraform";

/** No key attribute of a DynamoDB table changes its type. */
export const noAttributeTypeChange: Gate = {
  id: "no-attribute-type-change",
  statement: "A key attribute of a DynamoDB table keeps its type.",
  why: "DynamoDB cannot change it. The provider plans no change for it, so the table silently keeps the old type.",
  howToFix: "restore the old type, or add an attribute with another name and an index on it",
  neverAcknowledged: "nothing would change in DynamoDB, and the file would be wrong for good",
  check: (plan) =>
    managedChanges(plan).flatMap((change) => {
      if (change.type !== "aws_dynamodb_table") return [];
      const before = types(valueAt(change.change.before, ["attribute"]), (value) => value);
      return [...wantedTypes(plan, change)].flatMap(([name, type]) => {
        const had = before.get(name);
        return had === undefined || had === type
          ? []
          : [
              {
                address: change.address,
                message: `its attribute "${name}" has type ${had}, but the configuration says ${type}`,
              },
            ];
      });
    }),
};

/** The types in the planned values, overridden by the configuration, which alone shows what the provider hides. */
function wantedTypes(plan: Plan, { address, change }: ResourceChange): Map<string, string> {
  const planned = types(valueAt(change.after, ["attribute"]), (value) => value);
  const written = types(valueAt(configuredResource(plan, address)?.expressions, ["attribute"]), (expression) =>
    valueAt(expression, ["constant_value"]),
  );
  return new Map([...planned, ...written]);
}

function types(attributes: unknown, read: (value: unknown) => unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const attribute of Array.isArray(attributes) ? attributes : []) {
    const [name, type] = [read(valueAt(attribute, ["name"])), read(valueAt(attribute, ["type"]))];
    if (typeof name === "string" && typeof type === "string") found.set(name, type);
  }
  return found;
}
