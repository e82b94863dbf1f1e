import type { Gate } from "../../contract/gate";
import { ignoredOutput } from "../../contract/told-outputs";
import { shown } from "../changed-arguments";

/** No change of the configuration is left out of the plan without a word. */
export const noIgnoredChange: Gate = {
  id: "no-ignored-change",
  statement: "No change of an argument whose changes are ignored goes by without a word.",
  why: "Scaling, a failover or an operator changes such an argument after its creation, so Terraform leaves it as it is: the file says one thing, and AWS does another.",
  howToFix:
    "make the change where the argument is managed, as with the AWS CLI, then name the address with the argument under acknowledgedRemovals of the environment; or restore it",
  check: (plan) => {
    const change = plan.output_changes?.[ignoredOutput];
    const [before, after] = [asRecord(change?.before), asRecord(change?.after)];
    return Object.entries(after).flatMap(([address, values]) => {
      const was = asRecord(before[address]);
      return Object.entries(asRecord(values)).flatMap(([name, value]) => {
        if (!(name in was) || JSON.stringify(was[name]) === JSON.stringify(value)) return [];
        return [
          {
            address,
            message: `${name} is now configured as ${shown(value)} in place of ${shown(was[name])}, but its changes are ignored, so the plan would leave it as it is in AWS`,
            removes: `${address}.${name}`,
          },
        ];
      });
    });
  },
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
