import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { isPlain, mayBeListToken, mayBeToken, mayHoldToken, tokensInText } from "./may-be-token";
import { ownReference } from "./own-reference";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * What the engine does with each element before it synthesizes any stack, for what it has to do it for: tokens, which may need an
 * output of another stack. It renders and resolves everything. Here, only tokens are resolved, and no reference within the stack.
 */
export function prepareDirectly(stack: TerraformStack): void {
  for (const element of elementsOf(stack)) {
    try {
      search(stack, argumentsOf(element), 0);
    } catch {
      // What holds objects that are no tokens; and where something is wrong, the engine has the words and the path for it.
      resolve(stack, element.toTerraform());
    }
  }
}

const resolve = (scope: TerraformStack, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, preparing: true, resolver });

/** All elements of a stack, without those of stacks in it. */
export function elementsOf(construct: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(construct) ? [construct] : [];
  const below = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return own.concat(...below.map(elementsOf));
}

/** What the engine asks resources and data sources for. */
type Rendered = (TerraformResource | TerraformDataSource) & {
  readonly rawOverrides: object;
  readonly provisioners?: unknown;
  readonly _imported?: unknown;
  hasResourceMove?(): unknown;
  synthesizeAttributes(): unknown;
};

/** Everything that may hold tokens, in the engine's order. Overrides replace tokens: with them, it is what the engine makes of all. */
function argumentsOf(element: TerraformElement): unknown {
  const { rawOverrides, provisioners, _imported, hasResourceMove } = element as Rendered;
  const isUsual = element.toTerraform === renderResource || element.toTerraform === renderDataSource;
  const isChanged = Object.keys(rawOverrides).length > 0 || _imported || hasResourceMove?.call(element);
  if (!isUsual || isChanged) return element.toTerraform();
  const { terraformMetaArguments } = element as Rendered;
  const values = [(element as Rendered).synthesizeAttributes(), terraformMetaArguments, provisioners];
  // The stack gives each its name in this order.
  return [...values, element.friendlyUniqueId];
}

const { toTerraform: renderResource } = TerraformResource.prototype;
const { toTerraform: renderDataSource } = TerraformDataSource.prototype;

/** Less than the depth at which the engine takes a value for one that contains itself. */
const deepest = 150;

function search(stack: TerraformStack, value: unknown, depth: number): void {
  if (typeof value === "string") {
    if (mayHoldToken(value) && !hasOwnReferencesOnly(stack, value)) resolve(stack, value);
  } else if (typeof value === "number") {
    if (mayBeToken(value)) resolve(stack, value);
  } else if (Array.isArray(value)) {
    if (value.some(mayBeListToken)) resolve(stack, value);
    else for (const element of value) inside(stack, element, depth);
  } else if (isPlain(value)) {
    const keys = Object.keys(value);
    if (keys.some(mayHoldToken)) resolve(stack, value);
    else for (const key of keys) inside(stack, value[key], depth);
  } else if (value !== undefined && value !== null && typeof value !== "boolean") {
    if (!Tokenization.isResolvable(value)) throw new TypeError("is no value for the engine as it stands");
    resolve(stack, value);
  }
}

function inside(stack: TerraformStack, value: unknown, depth: number): void {
  if (depth > deepest) throw new RangeError("deeper than the engine goes");
  search(stack, value, depth + 1);
}

function hasOwnReferencesOnly(stack: TerraformStack, text: string): boolean {
  return text
    .split(tokensInText)
    .every((part, index) =>
      index % 2 === 1 ? ownReference(part, stack) !== undefined : !part.includes("${") && !mayHoldToken(part),
    );
}
