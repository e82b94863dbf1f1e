import "../../support/engine-alone.js";
import { App, DefaultTokenResolver, Fn, Lazy, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import { resolveLiteralsDirectly } from "../../../modules/core/direct-literals";
import { temporaryFolder } from "../../support/temporary-folder";

const byEngine = Tokenization.resolve;
resolveLiteralsDirectly();
const directly = Tokenization.resolve;
afterAll(() => {
  Tokenization.resolve = byEngine;
});

const scope = new TerraformStack(new App({ outdir: temporaryFolder(), stackTraces: false }), "stack");
const options = { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };

const token = (value: unknown) => Token.asAny({ resolve: () => value });
const text = Token.asString(token("a"));
const list = Token.asList(token(["a", "b"]));
const number = Token.asNumber(token(7));
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const deep = (levels: number): unknown => (levels === 0 ? "end" : { in: deep(levels - 1) });

class Point {
  readonly x = text;
}

/** What `resolve` returns or throws; undefined values count, as the engine takes them out. */
function outcome(resolve: typeof byEngine, value: unknown): unknown {
  try {
    return { value: resolve.call(Tokenization, value, options) };
  } catch (error) {
    return { message: (error as Error).message };
  }
}

describe("Literals that the engine does not see", () => {
  test("are resolved by another function", () => {
    expect(directly).not.toBe(byEngine);
  });

  // biome-ignore format: one case a line
  test.each<[string, unknown]>([
    ["texts", ["", "a", `\${aws_kms_key.a.arn}`, `$\${a}`, "%{if}", "TfToken[", "#{", "é😀"]],
    ["numbers", [0, -1, 1.5, Number.MAX_VALUE, -Number.MAX_VALUE, -1e288, Number.NaN, Number.POSITIVE_INFINITY]],
    ["numbers in texts", ["1e5", "-8.2e+298", "12e300", "9".repeat(300), "x1e999y"]],
    ["nothing", { a: undefined, b: null, c: [undefined, null, 1], d: {}, e: [] }],
    ["a list with holes", Object.assign([], { 0: 1, 2: 3 })],
    ["a date", { at: new Date(0) }],
    ["truth values and large integers", [true, false, 10n]],
    ["a token in a text", [text, `before ${text} after`, `${text}${text}`, `{"a":"${text}"}`]],
    ["tokens without a value", [`${Token.asString(token(undefined))}`, `${Token.asString(token(undefined))}${Token.asString(token(null))}`]],
    ["a token within an expression", [`\${upper("${text}")}`, `$${text}`, `\${${text}}`]],
    ["a list token", { whole: list, alone: [list[0]], twice: [list[0], "b"], text: `${list[0]}` }],
    ["a number token", { number, text: `port ${number}`, list: Token.asNumberList(token([1, 2])) }],
    ["map tokens", { map: Token.asStringMap(token({ a: "b" })), value: "String Map Token Value" }],
    ["the values of map tokens", { map: { a: Token.NUMBER_MAP_TOKEN_VALUE } }],
    ["a token as a key", { [text]: 1, b: 2 }],
    ["a lazy text with tokens in it", Lazy.stringValue({ produce: () => `{"a":{"b":"${text}"}}` })],
    ["a lazy value with literals", Lazy.anyValue({ produce: () => ({ a: [text, undefined, { b: 1 }] }) })],
    ["a function", Fn.join(",", [text, `\${b}`, Fn.upper(text)])],
    ["a function of an object", Fn.jsonencode({ a: text, b: [1, `\${c}`] })],
    ["an object with a method", { resolve: () => ({ a: text }) }],
    ["an object of a class", new Point()],
    ["an object without a prototype", Object.assign(Object.create(null), { a: text })],
    ["a construct", { of: scope }],
    ["a function that is no value", { a: { b: () => 1 } }],
    ["an unknown token", [`\${TfToken[TOKEN.99999]}`, "a"]],
    ["a token that throws", { a: [Lazy.stringValue({ produce: () => { throw new Error("no"); } })] }],
    ["what contains itself", cyclic],
    ["what is nested deeply", deep(180)],
    ["what is nested too deeply", deep(250)],
    ["a key of another prototype", JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }')],
  ])("give the same as with it: %s", (_name, value) => {
    expect(outcome(directly, value)).toEqual(outcome(byEngine, value));
  });

  test("are copied, as the engine copies them", () => {
    const value = { a: [{ b: 1 }] };
    const copy = directly.call(Tokenization, value, options);
    expect(copy).toEqual(value);
    expect(copy.a[0]).not.toBe(value.a[0]);
  });

  test("leave texts to who resolves them in another way", () => {
    const joined = { ...options, resolver: new DefaultTokenResolver({ join: (left, right) => [left, right] }) };
    const value = `a ${text} b`;
    expect(directly.call(Tokenization, value, joined)).toEqual(byEngine.call(Tokenization, value, joined));
  });
});
