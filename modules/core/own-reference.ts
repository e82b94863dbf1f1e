import { type IResolvable, Tokenization } from "cdktf";
import { numberInText } from "./may-be-token";

/** How the engine makes an expression such as `aws_kms_key.data.arn`. */
interface Reference extends IResolvable {
  readonly identifier?: unknown;
  readonly originStack?: object;
}

const referenceOf = (token: string): Partial<Reference> => Tokenization.reverseString(token).firstToken ?? {};

/** Whether a text that is one token refers to what a stack holds. */
export const isReference = (token: string): boolean => referenceOf(token).originStack !== undefined;

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
  const { originStack, identifier } = referenceOf(token);
  const isOwn = originStack === stack && typeof identifier === "string" && isPath(identifier);
  const expression = isOwn ? `\${${identifier}}` : undefined;
  ofStack.set(token, expression);
  return expression;
}

/** What the engine leaves as it is. */
const isPath = (identifier: string): boolean => /^[\w.*-]+$/.test(identifier) && !numberInText.test(identifier);
