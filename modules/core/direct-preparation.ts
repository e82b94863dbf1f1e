import { TerraformElement, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { fragmentOf, whileJoining } from "./fragment";
import {
  checkDepth,
  isPlain,
  literalNamesIn,
  mayBeListToken,
  mayBeToken,
  mayHoldToken,
  tokensInText,
} from "./may-be-token";
import { ownReference } from "./own-reference";
import { tokenResolver } from "./token-resolver";

/**
 * What the engine does with each element before it synthesizes any stack, for what it has to do it for: tokens, which may need an
 * output of another stack. It resolves everything. Here, only tokens are resolved, and no reference within the stack.
 */
export function prepareDirectly(stack: TerraformStack): void {
  for (const element of elementsOf(stack)) {
    try {
      const rendered: unknown = whileJoining(true, () => element.toTerraform());
      search(stack, fragmentOf(rendered)?.values ?? rendered, 0);
    } catch {
      // What holds objects that are no tokens; and where something is wrong, the engine has the words and the path for it.
      resolve(stack, element.toTerraform());
    }
  }
}

const resolve = (scope: TerraformStack, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, preparing: true, resolver: tokenResolver });

/** All elements of a stack, without those of stacks in it. */
function elementsOf(construct: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(construct) ? [construct] : [];
  const below = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return own.concat(...below.map(elementsOf));
}

function search(stack: TerraformStack, value: unknown, depth: number): void {
  if (typeof value === "string") {
    if (mayHoldToken(value) && !hasOwnReferencesOnly(stack, value)) resolve(stack, value);
  } else if (typeof value === "number") {
    if (mayBeToken(value)) resolve(stack, value);
  } else if (Array.isArray(value)) {
    if (value.some(mayBeListToken)) resolve(stack, value);
    else for (const element of value) inside(stack, element, depth);
  } else if (isPlain(value)) {
    const names = literalNamesIn(value);
    if (names) for (const name of names) inside(stack, value[name], depth);
    else resolve(stack, value);
  } else if (value !== undefined && value !== null && typeof value !== "boolean") {
    if (!Tokenization.isResolvable(value)) throw new TypeError("is no value for the engine as it stands");
    resolve(stack, value);
  }
}

function inside(stack: TerraformStack, value: unknown, depth: number): void {
  checkDepth(depth);
  search(stack, value, depth + 1);
}

function hasOwnReferencesOnly(stack: TerraformStack, text: string): boolean {
  return text
    .split(tokensInText)
    .every((part, index) =>
      index % 2 === 1 ? ownReference(part, stack) !== undefined : !part.includes("${") && !mayHoldToken(part),
    );
}
