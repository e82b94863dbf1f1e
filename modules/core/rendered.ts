import type { TerraformStack } from "cdktf";

/** Shared by two copies of this package in one app. */
const mark = Symbol.for("evenkeel.rendered");

type Marked = TerraformStack & { [mark]?: unknown };

/** Keeps the last Terraform JSON of a stack, which costs more to make than to keep. */
export function keepRendered(stack: TerraformStack, terraform: unknown): void {
  (stack as Marked)[mark] = terraform;
}

/** The last Terraform JSON of a stack that keeps it, as an object. */
export const renderedOf = (stack: TerraformStack): unknown => (stack as Marked)[mark];
