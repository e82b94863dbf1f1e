import { originVariableNames } from "../../blueprints/regional-service/origin-use";
import { checkPlan } from "../../gates";
import { originUseVariable } from "../../gates/rules/no-early-refusal";
import type { ResourceChange } from "../../terraform";
import { change, plan, update } from "./plans";

const address = "aws_lambda_function.shop";
const found = (checked: ResourceChange) => checkPlan(plan([checked])).map(({ rule, removes }) => ({ rule, removes }));
const variables = (use?: string) => ({
  environment: [{ variables: { SERVICE_NAME: "shop", ...(use !== undefined && { ORIGIN_SECRET_USE: use }) } }],
});
const removes = `${address}.environment.variables.ORIGIN_SECRET_USE`;

describe("no-early-refusal", () => {
  test("asks about the variable that functions have", () => {
    expect(originVariableNames).toContain(originUseVariable);
  });

  test.each<[string, ResourceChange]>([
    ["that had no distribution", update(address, variables(), variables("required"))],
    ["that had no variable at all", update(address, { environment: [] }, variables("required"))],
    [
      "whose key is not known before the deployment",
      update(address, variables(), variables("required"), {
        environment: [{ variables: { ORIGIN_SECRET_ARN: true } }],
      }),
    ],
    ["that is replaced", change(address, ["delete", "create"], { before: variables(), after: variables("required") })],
  ])("catches a function %s and would refuse at once", (_, checked) => {
    expect(found(checked)).toContainEqual({ rule: "no-early-refusal", removes });
  });

  test.each<[string, ResourceChange]>([
    ["is new, as in a first deployment or a promotion", change(address, ["create"], { after: variables("required") })],
    ["has been told to log first", update(address, variables("sent"), variables("required"))],
    ["begins to log", update(address, variables(), variables("sent"))],
    ["refuses already", update(address, { ...variables("required"), memory_size: 1 }, variables("required"))],
  ])("passes a function that %s", (_, checked) => {
    expect(found(checked)).toEqual([]);
  });
});

describe("no-weaker-security", () => {
  test.each(["sent", undefined])("catches a function that refused and would not any more: %s", (use) => {
    expect(found(update(address, variables("required"), variables(use)))).toEqual([
      { rule: "no-weaker-security", removes },
    ]);
  });
});
