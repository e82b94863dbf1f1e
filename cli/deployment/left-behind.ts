import { type Deployable, isAccount } from "../../config";
import { UserError } from "../../errors";
import { holdingData } from "../../gates";
import { countHolding, type LeftBehind, leftBehind, readStackFolders, stacksWorkedOn } from "../../terraform";
import type { Workplace } from "./workplace";

/** Stacks are no longer built, and what is in their states would live on without anybody to see it. */
export class LeftBehindError extends UserError {
  override readonly name = "LeftBehindError";

  constructor(environment: string, left: readonly LeftBehind[], holdsData: (type: string) => boolean) {
    const short = left.map(({ stack }) => stack.slice(environment.length + 1));
    const regions = short.flatMap((name) => /^services-(.+)$/.exec(name)?.[1] ?? []);
    const stacks = short.filter((name) => !name.startsWith("services-"));
    const list = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(", ");
    super(
      [
        `${environment} no longer builds these stacks, but they stand:`,
        ...left.map(({ stack, resources }) => `  ${stack}: ${countHolding(resources, holdsData)}`),
        "Nothing was changed. Restore what they were built for, or let Terraform destroy them: docs/regions.md tells the steps.",
        ...(regions.length > 0 ? [`  regions: { leaving: [${list(regions)}] }`] : []),
        ...(stacks.length > 0 ? [`  leavingStacks: [${list(stacks)}]`] : []),
      ].join("\n"),
    );
  }
}

/** Stacks that an environment has only while it has a use for them. What Vault keeps stays, on purpose. */
const optional = ["database", "events", "routing", "edge"];

/**
 * Refuses a deployment that would leave whole stacks behind: those that the environment may have had, and those that were deployed
 * from this checkout.
 * @throws LeftBehindError naming them, with what they hold
 */
export async function checkNothingIsLeftBehind(
  deployable: Deployable,
  { output, stacks }: Pick<Workplace, "output" | "stacks">,
  signal: AbortSignal,
): Promise<void> {
  const [first] = readStackFolders(output);
  if (!first) return;
  const { name, toolkit } = deployable;
  const possible = possibleStacks(deployable).map((stack) => `${name}-${stack}`);
  const known = new Set([...possible, ...stacksWorkedOn(output, name)]);
  const gone = [...known].filter((stack) => !stacks.includes(stack) && stack !== `${name}-vault`);
  const left = await leftBehind(first, gone, {}, { environment: name, signal });
  if (left.length > 0) throw new LeftBehindError(name, left, holdingData(toolkit.dataHoldingTypes));
}

/** Stacks that it may have had, without its name in front; an account has one, and always. */
function possibleStacks(deployable: Deployable): readonly string[] {
  if (isAccount(deployable)) return [];
  const { standby = [], leaving = [] } = deployable.input.regions;
  return [...optional, ...[...standby, ...leaving].map((region) => `services-${region}`)];
}
