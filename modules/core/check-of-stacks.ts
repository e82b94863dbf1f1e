import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { passedChecks, writtenDigest } from "../../loader";
import { renderedOf } from "./rendered";

/** A stack as it is synthesized. */
export interface RenderedStack {
  readonly name: string;
  /** Its Terraform JSON, as an object. */
  readonly terraform: unknown;
}

/** A check that throws what the synthesis fails with. What it finds depends on nothing but the stacks that it is given. */
export interface StackCheck {
  /** Tells it from others in what is kept of checks that passed. */
  readonly name: string;
  /** Whether the stacks of an app are looked at together; otherwise each is looked at by itself. */
  readonly together: boolean;
  check(stacks: readonly RenderedStack[]): void;
}

/**
 * Makes a check of all stacks of an app, which runs once when the app is synthesized. Where `keepPassedChecks` was called, what
 * passed it before is passed over.
 * @returns adds the check to the app of a construct, if it is not there yet
 */
export function checkOfStacks(check: StackCheck) {
  const checked = new WeakSet<App>();
  return (scope: Construct): void => {
    const { root } = scope.node;
    if (!App.isApp(root) || checked.has(root)) return;
    checked.add(root);
    root.node.addValidation({
      validate: () => {
        const stacks = root.node.findAll().filter((construct) => TerraformStack.isStack(construct));
        run(
          check,
          stacks.map((stack) => ({ name: stack.node.id, terraform: renderedOf(stack) ?? stack.toTerraform() })),
        );
        return [];
      },
    });
  };
}

function run({ name, together, check }: StackCheck, stacks: readonly RenderedStack[]): void {
  const passed = passedChecks();
  if (!passed) {
    check(stacks);
    return;
  }
  const groups = (together ? [stacks] : stacks.map((stack) => [stack])).map((group) => ({
    group,
    digests: digestsOf(group),
  }));
  const open = groups.filter(({ digests }) => !(digests && passed.has(name, digests)));
  if (open.length === 0) return;
  check(open.flatMap(({ group }) => group));
  for (const { digests } of open) if (digests) passed.add(name, digests);
  passed.store();
}

/** What tells what was written of stacks, with their names; undefined if the text of one is not known. */
function digestsOf(stacks: readonly RenderedStack[]): readonly string[] | undefined {
  const digests = stacks.map(({ terraform }) => writtenDigest(terraform));
  return digests.includes(undefined) ? undefined : stacks.map(({ name }, index) => `${name}\n${digests[index]}`);
}
