import type { Report } from "../core";
import type { DatabaseCapacity } from "./capacity";
import type { DatabaseEngine } from "./engines";

/** RDS compares names without regard to case: the provider sends them in lower case. */
export function checkParameters(
  parameters: Readonly<Record<string, string>>,
  { reserved, weaknesses }: DatabaseEngine,
  report: Report,
): void {
  const seen = new Map<string, string>();
  for (const [name, value] of Object.entries(parameters)) {
    const known = name.toLowerCase();
    const twin = seen.get(known);
    const remedy = Object.hasOwn(reserved, known) ? reserved[known] : undefined;
    if (remedy) report(["parameters", name], `is set by the toolkit; ${remedy}`);
    else if (twin !== undefined) {
      report(["parameters", name], `is the same parameter as "${twin}", because RDS ignores case; remove one of them`);
    } else checkValue(name, known, String(value), weaknesses, report);
    seen.set(known, name);
  }
}

/**
 * Refuses parameters that no instance would use, because all are of Aurora Serverless v2.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.parameters-based-on-scaling
 */
export function checkMovedParameters(
  parameters: Readonly<Record<string, string>>,
  { movedByCapacity }: DatabaseEngine,
  capacities: readonly DatabaseCapacity[],
  report: Report,
): void {
  if (capacities.some(({ type }) => type !== "serverless")) return;
  for (const name of Object.keys(parameters)) {
    if (!movedByCapacity.includes(name.toLowerCase())) continue;
    report(
      ["parameters", name],
      "has no effect, because Aurora Serverless v2 moves it with the capacity; remove it, or use provisioned capacity",
    );
  }
}

function checkValue(
  name: string,
  known: string,
  value: string,
  weaknesses: DatabaseEngine["weaknesses"],
  report: Report,
): void {
  const weakness = Object.hasOwn(weaknesses, known) ? weaknesses[known] : undefined;
  if (!namePattern.test(known)) {
    report(["parameters", name], "is not a valid parameter name; use letters, digits, underscores and dots");
  } else if (weakness?.weakens(value.trim().toLowerCase())) {
    report(["parameters", name], weakness.says);
  }
}

const namePattern = /^[a-z][a-z0-9_.]{0,254}$/;
