import {
  App,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  Token,
  Tokenization,
} from "cdktf";
import {
  checkDepth,
  isPlain,
  literalNamesIn,
  mayBeListToken,
  mayBeToken,
  mayHoldToken,
  numberInText,
  tokensInText,
} from "./may-be-token";
import { isFixed, ownReference } from "./own-reference";

type Options = Parameters<typeof Tokenization.resolve>[1];
type Resolve = typeof Tokenization.resolve;

/** Set to `off`, it leaves all work to the engine, to compare. */
const variable = "EVENKEEL_DIRECT_LITERALS";

/** The engines whose encoding of tokens is the one below, by the start of their versions. */
const knownVersions = /^0\.(21|24)\./;

/**
 * Lets the engine resolve what can hold a token, and nothing else: literal strings, numbers, objects and lists, which are
 * almost all that a stack consists of, are copied here. The engine walks each of them through its token machinery, up to three times.
 * The output is the same, byte for byte. What fails is resolved again by the engine alone, so that its message has the whole path.
 *
 * With a version of the engine that is not known, or with `EVENKEEL_DIRECT_LITERALS=off`, nothing changes.
 */
export function resolveLiteralsDirectly(): void {
  if (process.env[variable] === "off" || Tokenization.resolve === direct) return;
  if (!knownVersions.test(versionOf(App)) || !encodesAsKnown()) return;
  byEngine = Tokenization.resolve;
  Tokenization.resolve = direct;
}

/** Whether `resolveLiteralsDirectly` has found an engine that it knows. */
export const resolvesDirectly = (): boolean => Tokenization.resolve === direct;

/** Whether the engine also prepares and renders in the way that is known: cdktn 0.24 records there what its validations ask for. */
export const preparesAsKnown = (): boolean => resolvesDirectly() && /^0\.21\./.test(versionOf(App));

let byEngine: Resolve;

const direct: Resolve = (value, options) => {
  try {
    return resolved(value, joinsTexts(options.resolver) ? { ...options, resolver: directResolver } : options, 0);
  } catch {
    return byEngine.call(Tokenization, value, options);
  }
};

/** The version of the engine that a class is of, which each keeps in its classes. */
function versionOf(engine: object): string {
  const of = engine as Readonly<Record<symbol, { version?: string } | undefined>>;
  return of[Symbol.for("jsii.rtti")]?.version ?? "";
}

/** Whether tokens look like what the functions below look for. */
function encodesAsKnown(): boolean {
  const any = Token.asAny({});
  const numbers = [Token.asNumber(any), ...Token.asNumberList(any), Token.NUMBER_MAP_TOKEN_VALUE];
  const texts = [
    Token.asString(any),
    ...Token.asList(any),
    ...Object.keys(Token.asMap(any, "")),
    `${Token.asNumber(any)}`,
    Token.STRING_MAP_TOKEN_VALUE,
    Token.ANY_MAP_TOKEN_VALUE,
  ];
  const lists = [Token.asList(any), Token.asNumberList(any)];
  return numbers.every(mayBeToken) && texts.every(mayHoldToken) && lists.every((list) => list.some(mayBeListToken));
}

function resolved(value: unknown, options: Options, depth: number): unknown {
  if (typeof value === "string") return mayHoldToken(value) ? textOf(value, options) : value;
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && !mayBeToken(value)) return value;
  checkDepth(depth);
  if (Array.isArray(value)) {
    if (!value.some(mayBeListToken)) return listOf(value, options, depth);
  } else if (isPlain(value)) {
    const names = literalNamesIn(value);
    if (names) return objectOf(value, names, options, depth);
  }
  return byEngine.call(Tokenization, value, options);
}

/**
 * A text with tokens: each of them is resolved by the engine, what is between them stays. The engine splits texts at each brace as
 * well, because of expressions that contain tokens: it gets texts that have one.
 */
function textOf(text: string, options: Options): unknown {
  // Literal text at even places, tokens at odd ones.
  const parts = text.split(tokensInText);
  const isPlainText = parts.every((part, index) => index % 2 === 1 || !(part.includes("${") || mayHoldToken(part)));
  if (parts.length === 1 || !isPlainText || options.resolver !== directResolver) {
    return byEngine.call(Tokenization, text, options);
  }
  if (parts.length === 3 && parts[0] === "" && parts[2] === "") return resolvedToken(text, options);
  const values = parts
    .map((part, index) => (index % 2 === 1 ? resolvedToken(part, options) : part || undefined))
    .filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  const joined = values.map(String).join("");
  return numberInText.test(joined) ? byEngine.call(Tokenization, text, options) : joined;
}

/** What synthesis resolves with; whoever resolves otherwise may join texts in another way. */
const joinsTexts = (resolver: Options["resolver"]): boolean =>
  resolver.constructor === DefaultTokenResolver &&
  (resolver as unknown as { concat?: object }).concat?.constructor === StringConcat;

/** What the engine resolves single tokens with: what they produce, such as the text of a policy, can be resolved here again. */
class DirectResolver extends DefaultTokenResolver {
  override resolveToken(token: IResolvable, context: IResolveContext, post: IPostProcessor): unknown {
    const produced: unknown = token.resolve(context);
    const { scope, preparing, suppressBraces, ignoreEscapes, warnEscapes, iteratorContext } = context;
    const isWithinExpression = suppressBraces || ignoreEscapes || warnEscapes || iteratorContext;
    return post.postProcess(
      isWithinExpression ? context.resolve(produced) : resolved(produced, { scope, preparing, resolver: this }, 0),
      context,
    );
  }
}

const directResolver = new DirectResolver(new StringConcat());

/** Of tokens by their text, for each stack that resolves them. */
type Known = WeakMap<object, Map<string, unknown>>;

/** What is made of references to what stacks hold, and has been prepared: the output and what reads it are there then, and stay. */
const preparedReferences: Known = new WeakMap();

function resolvedToken(token: string, options: Options): unknown {
  const { scope, preparing } = options;
  const own = ownReference(token, scope);
  if (own !== undefined) return own;
  const known = preparedReferences.get(scope);
  if (known?.has(token)) return known.get(token);
  const value = resolvedByEngine(token, options);
  if (preparing && isFixed(token)) keep(preparedReferences, scope, token, value);
  return value;
}

/** Given the token itself, the engine need not look for tokens in its text, and in each text that it makes of it. */
function resolvedByEngine(token: string, options: Options): unknown {
  const { firstToken } = Tokenization.reverseString(token);
  const value: unknown = firstToken && byEngine.call(Tokenization, firstToken, options);
  const isComplete = value !== undefined && !Tokenization.isResolvable(value) && !numberInText.test(String(value));
  return isComplete ? value : byEngine.call(Tokenization, token, options);
}

function keep(references: Known, scope: object, token: string, value: unknown): void {
  references.set(scope, (references.get(scope) ?? new Map<string, unknown>()).set(token, value));
}

/** As the engine does, without what is undefined. */
function listOf(values: readonly unknown[], options: Options, depth: number): unknown[] {
  const list: unknown[] = [];
  for (const value of values) {
    const element = resolved(value, options, depth + 1);
    if (element !== undefined) list.push(element);
  }
  return list;
}

function objectOf(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  options: Options,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name of names) {
    const value = resolved(values[name], options, depth + 1);
    if (value !== undefined) object[name] = value;
  }
  return object;
}
