import { valueProblems } from "../../values";

const action = (type: string, definition: object) =>
  valueProblems("aws_budgets_budget_action", {
    budget_name: "prod-monthly",
    action_type: type,
    approval_model: "MANUAL",
    notification_type: "ACTUAL",
    execution_role_arn: "arn:aws:iam::123456789012:role/stop",
    action_threshold: { action_threshold_type: "PERCENTAGE", action_threshold_value: 100 },
    definition,
    subscriber: [{ subscription_type: "EMAIL", address: "platform@example.com" }],
  }).map(({ path, problem }) => `${path.join(".")}: ${problem}`);

const definitions = {
  APPLY_IAM_POLICY: {
    iam_action_definition: { policy_arn: "arn:aws:iam::123456789012:policy/denied", roles: ["prod-orders"] },
  },
  APPLY_SCP_POLICY: { scp_action_definition: { policy_id: "p-12345678", target_ids: ["123456789012"] } },
  RUN_SSM_DOCUMENTS: {
    ssm_action_definition: {
      action_sub_type: "STOP_RDS_INSTANCES",
      instance_ids: ["ledger-1"],
      region: "eu-west-1",
    },
  },
};
type Type = keyof typeof definitions;
const types = Object.keys(definitions) as Type[];

describe("The action of a budget", () => {
  test.each(types)("takes the definition of %s", (type) => expect(action(type, definitions[type])).toEqual([]));

  test.each(types)("takes none of the others for %s", (type) => {
    for (const other of types.filter((each) => each !== type)) {
      const name = `${type.split("_")[1]?.toLowerCase()}_action_definition`;
      const problem = `definition: does not fit action_type ${type}; use ${name}, and nothing else`;
      expect(action(type, definitions[other])).toEqual([problem]);
      expect(action(type, { ...definitions[type], ...definitions[other] })).toEqual([problem]);
    }
  });
});
