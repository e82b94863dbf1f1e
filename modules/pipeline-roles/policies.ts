import type { PolicyStatement } from "../core";
import { changeStatements } from "./changes";
import {
  apiStatements,
  keyStatements,
  mappingStatements,
  recordStatements,
  roleStatements,
  unscopedStatements,
} from "./changes-by-hand";
import { hasTag, type PolicyOf } from "./environment-policy";
import { actionsOf, type KnownAction, knownAction, typesWithPermissions } from "./permissions";
import { readStatements } from "./reads";
import { applyOfStates, assumedRoles, bundleKeys, planOfStates } from "./state-statements";

/** The actions of all types that the environment's stacks can have. */
function actionsOfEnvironment({ environment }: PolicyOf): KnownAction[] {
  const types = environment.resourceTypes ?? typesWithPermissions;
  const names = new Set(types.flatMap((type) => actionsOf(type).map(({ action }) => action)));
  return [...names].sort().map(knownAction);
}

/** What the role that plans may do. */
export const planStatements = (of: PolicyOf): PolicyStatement[] => [
  ...planOfStates(of),
  ...bundleKeys(of, ["kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]),
  ...assumedRoles(of),
  ...keyOfContent(of),
  ...readStatements(actionsOfEnvironment(of), of),
];

/** What the role that applies may do. */
export function applyStatements(of: PolicyOf): PolicyStatement[] {
  const actions = actionsOfEnvironment(of);
  return [
    ...applyOfStates(of),
    ...bundleKeys(of, ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]),
    ...assumedRoles(of),
    ...changeStatements(actions, of),
    ...keyStatements(actions, of),
    ...roleStatements(of),
    ...apiStatements(of),
    ...recordStatements(of),
    ...mappingStatements(of),
    ...unscopedStatements(actions, of),
    ...readStatements(actions, of),
  ];
}

/** Secrets and parameters are decrypted for whoever reads them, by the service that holds them. */
const keyOfContent = (of: PolicyOf): PolicyStatement[] => [
  {
    actions: ["kms:Decrypt"],
    resources: [`arn:${of.partition}:kms:*:${of.account}:key/*`],
    conditions: hasTag(of, { StringLike: { "kms:ViaService": "*.amazonaws.com" } }),
  },
];
