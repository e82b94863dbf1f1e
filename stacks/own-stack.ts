import type { TerraformStack } from "cdktf";
import { ConstructError, kebabCase } from "../modules/core";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";

/** Names of the toolkit's stacks, those included that an environment may only have later. */
const taken = /^(keys|data|database|events|services(-.*)?|vault|routing|edge|operations)$/;

/** A stack that a team builds beside those of the toolkit. */
export class OwnStack extends CapableStack {
  constructor(keys: KeysStack, name: string, regions: readonly string[]) {
    const scope = keys.node.scope;
    const { environment } = keys.deployment;
    if (!scope) throw new ConstructError(keys, "is in no app", "build the stacks of an environment in one");
    if (!kebabCase.test(name) || name.length > 40) {
      throw new ConstructError(
        keys,
        `"${name}" cannot be the name of a stack`,
        "use at most 40 characters of kebab-case",
      );
    }
    if (taken.test(name)) {
      throw new ConstructError(keys, `"${name}" is a name of the toolkit's own stacks`, "give the stack another name");
    }
    if (scope.node.tryFindChild(`${environment}-${name}`)) {
      throw new ConstructError(keys, `there is a stack "${name}" already`, "build it once, or give one another name");
    }
    super(scope, name, keys, regions);
  }

  /** cdktf would say it as a defect, and without a way out. */
  override addDependency(dependency: TerraformStack): void {
    refuseCycle(this, dependency);
    super.addDependency(dependency);
  }

  /** Lets capabilities add to what the team has built. */
  offerAll(): void {
    this.offerFunctionsAndRules();
  }
}

/** @throws ConstructError if two stacks would each have to be deployed before the other */
export function refuseCycle(stack: TerraformStack, dependency: TerraformStack): void {
  if (!dependency.dependsOn(stack)) return;
  throw new ConstructError(
    stack,
    `and ${dependency.node.id} each read of the other, so that neither can be deployed first`,
    "move what both need into a stack of its own",
  );
}
