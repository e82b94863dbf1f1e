import type { ValuesRule } from "../types/type-values";
import { blocksOf, textOf } from "./read";

const definitions: Readonly<Record<string, string>> = {
  APPLY_IAM_POLICY: "iam_action_definition",
  APPLY_SCP_POLICY: "scp_action_definition",
  RUN_SSM_DOCUMENTS: "ssm_action_definition",
};

/**
 * The definition of a budget's action is that of its type, and no other; the provider does not compare them.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Definition.html
 */
export const definitionOfType: ValuesRule = (action) => {
  const type = textOf(action, "action_type");
  const wanted = type && definitions[type];
  if (!wanted) return [];
  return blocksOf(action, "definition").flatMap((definition) => {
    const given = Object.values(definitions).filter((name) => blocksOf(definition, name).length > 0);
    if (given.length === 1 && given[0] === wanted) return [];
    // Blocks that are not known yet are not there.
    if (given.length === 0) return [];
    const problem = `does not fit action_type ${type}; use ${wanted}, and nothing else`;
    return [{ path: ["definition", 0], problem, received: given.join(" and ") }];
  });
};
