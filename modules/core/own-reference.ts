import { type IResolvable, Tokenization } from "cdktf";
import { mayBeToken, numberInText } from "./may-be-token";

/** How the engine makes an expression such as `aws_kms_key.data.arn`. */
interface Reference extends IResolvable {
  readonly identifier?: unknown;
  readonly originStack?: object;
}

/** How the engine makes an entry of `depends_on`, which is an address without braces. */
interface Dependable extends IResolvable {
  readonly dependable?: { readonly fqn?: unknown };
}

const referenceOf = (token: string): Partial<Reference & Dependable> =>
  Tokenization.reverseString(token).firstToken ?? {};

/** How the engine makes calls of Terraform's functions, and what is taken from their results. */
interface Call {
  readonly args?: readonly unknown[];
  readonly target?: unknown;
}

/** Whether a text that is one token is made of references to what stacks hold, and of literals: once it is prepared, it stays. */
export const isFixed = (token: string): boolean => isMadeOfReferences(referenceOf(token));

function isMadeOfReferences(token: object): boolean {
  if ((token as Partial<Reference>).originStack !== undefined) return true;
  const { args, target } = token as Call;
  return calls.has(token.constructor.name) && [target, ...(args ?? [])].every(isFixedArgument);
}

const calls = new Set(["FunctionCall", "PropertyAccess"]);

function isFixedArgument(argument: unknown): boolean {
  if (Array.isArray(argument)) {
    const list = Tokenization.reverseList(argument);
    return list ? isMadeOfReferences(list) : argument.every(isFixedArgument);
  }
  if (typeof argument === "number") return !mayBeToken(argument);
  if (typeof argument === "string" || Tokenization.isResolvable(argument)) {
    return Tokenization.reverse(argument).every(isMadeOfReferences);
  }
  return typeof argument !== "object" || argument === null;
}

/** By the text of a token, for each stack. */
const known = new WeakMap<object, Map<string, string | undefined>>();

/**
 * The expression of a text that is one token, if it refers to what the same stack holds: it never changes, and nothing has to be
 * prepared for it. Each resource has one, to its provider.
 */
export function ownReference(token: string, stack: object): string | undefined {
  const ofStack = known.get(stack) ?? new Map<string, string | undefined>();
  known.set(stack, ofStack);
  if (ofStack.has(token)) return ofStack.get(token);
  const expression = expressionOf(token, stack);
  ofStack.set(token, expression);
  return expression;
}

function expressionOf(token: string, stack: object): string | undefined {
  const { originStack, identifier, dependable } = referenceOf(token);
  // The reference to what is depended on; once it has been asked for, its address cannot be overridden.
  if (typeof dependable?.fqn === "string") return ownReference(dependable.fqn, stack)?.slice(2, -1);
  const isOwn = originStack === stack && typeof identifier === "string" && isPath(identifier);
  return isOwn ? `\${${identifier}}` : undefined;
}

/** What the engine leaves as it is. */
const isPath = (identifier: string): boolean => /^[\w.*-]+$/.test(identifier) && !numberInText.test(identifier);
