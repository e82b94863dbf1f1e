import { readFileSync } from "node:fs";
import { UserError } from "../errors";
import type { Plan } from "./plan";

/** A file that is not a complete plan: `<file>: <what is wrong>; <what to do>`. */
export class PlanFileError extends UserError {
  override readonly name = "PlanFileError";
  override readonly exitCode = 2;
}

/**
 * Reads what `terraform show -json <plan>` printed.
 * @throws PlanFileError if the file is missing, is something else, or contains a plan that failed midway
 */
export function readPlan(file: string): Plan {
  const remedy = `run \`terraform plan -out=plan\`, then \`terraform show -json plan > ${file}\``;
  const refuse = (problem: string, doThis = remedy) => new PlanFileError(`${file}: ${problem}; ${doThis}`);
  const plan = parse(file, refuse);
  if (plan === null || typeof plan !== "object" || !("format_version" in plan)) throw refuse("is not a plan");
  const { format_version: version, resource_changes: changes, errored } = plan as Partial<Plan>;
  if (!/^1\./.test(String(version))) {
    throw refuse(`has plan format ${String(version)}, but the gates only know format 1`, "use Terraform 1.x");
  }
  // A state or a configuration in JSON has a format version as well, but no changes.
  if (!Array.isArray(changes) && !("planned_values" in plan)) throw refuse("is not a plan, but other JSON");
  if (errored) throw refuse("contains a plan that failed midway and proves nothing", "fix the error, then plan again");
  return plan as Plan;
}

function parse(file: string, refuse: (problem: string) => PlanFileError): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw refuse("cannot be read");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("is not JSON");
  }
}
