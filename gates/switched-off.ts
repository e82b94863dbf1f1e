import type { Finding, GateContext } from "../contract/gate";
import { isUnknown, managedChanges, type Plan, type ResourceChange, valueAt } from "../terraform";
import { addressOfArgument } from "./changed-arguments";

/** An argument by its path, `["point_in_time_recovery", 0, "enabled"]`. */
export type ArgumentPath = readonly (string | number)[];

/**
 * The updates that turn off one of these arguments on a resource that holds data: from true to anything else, or from
 * a number above zero to zero. A value that is only known after apply is not reported. Each is acknowledged by the address of the
 * argument.
 */
export function switchedOff(
  plan: Plan,
  { dataHoldingTypes }: GateContext,
  paths: readonly ArgumentPath[],
  consequence: string,
): Finding[] {
  return managedChanges(plan)
    .filter(({ type, change }) => type in dataHoldingTypes && change.actions.includes("update"))
    .flatMap((change) =>
      paths
        .filter((path) => isSwitchedOff(change, path))
        .map((path) => {
          const name = path.filter((part) => part !== 0).join(".");
          return {
            address: change.address,
            message: `${name} would be switched off; ${consequence}`,
            removes: addressOfArgument({ resource: change, name }),
          };
        }),
    );
}

function isSwitchedOff({ change }: ResourceChange, path: ArgumentPath): boolean {
  const before = valueAt(change.before, path);
  const after = valueAt(change.after, path);
  if (isUnknown(change, path)) return false;
  if (typeof before === "number") return before > 0 && !(typeof after === "number" && after > 0);
  return isOn(before) && !isOn(after);
}

// aws_cognito_user_pool uses a string.
function isOn(value: unknown): boolean {
  return value === true || value === "ACTIVE";
}
