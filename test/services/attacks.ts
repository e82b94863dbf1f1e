/** A body as somebody sends it who wants to see what breaks; `{secret}` is in those that the log must not repeat. */
export interface OddBody {
  readonly status: number;
  readonly body: string;
  readonly base64?: boolean;
  readonly contentType?: string;
}

const deep = (levels: number) => `${'{"items":['.repeat(levels)}${"]}".repeat(levels)}`;

/**
 * Bodies of every odd kind, for a service that takes the object `good`, whose first field is a text. `withNumber` is that object
 * with JSON in the place of a number.
 */
export function oddBodies(
  good: Readonly<Record<string, unknown>>,
  withNumber: (json: string) => string,
  secret: string,
): Record<string, OddBody> {
  const withField = (name: string, json: string) => JSON.stringify({ ...good, [name]: "#" }).replace('"#"', json);
  const [text = ""] = Object.keys(good);
  return {
    empty: { status: 400, body: "" },
    "white space": { status: 400, body: " \n " },
    "not JSON": { status: 400, body: `{"${secret}": ` },
    "JSON with a comment": { status: 400, body: `/* ${secret} */ ${JSON.stringify(good)}` },
    "two values": { status: 400, body: `${JSON.stringify(good)} "${secret}"` },
    "an array": { status: 400, body: JSON.stringify([good, secret]) },
    null: { status: 400, body: "null" },
    "a number": { status: 400, body: "1e999" },
    "a text": { status: 400, body: JSON.stringify(secret) },
    huge: { status: 413, body: withField(text, JSON.stringify(secret.repeat(10_000))) },
    "deep nesting": { status: 400, body: deep(5_000) },
    "deep nesting in a field": { status: 400, body: withField(text, deep(2_000)) },
    "a key of the prototype": { status: 400, body: withField("__proto__", `{"isAdmin":"${secret}"}`) },
    "the key constructor": { status: 400, body: withField("constructor", `{"prototype":{"x":"${secret}"}}`) },
    "a key that no schema has": { status: 400, body: withField("note-of", JSON.stringify(secret)) },
    "a whole number beyond 2^53": { status: 400, body: withNumber("9007199254740993") },
    "a number beyond all numbers": { status: 400, body: withNumber("1e400") },
    "a fraction": { status: 400, body: withNumber("1.5") },
    "a number in a text": { status: 400, body: withNumber(`"${secret}"`) },
    "a list in place of a text": { status: 400, body: withField(text, `["${secret}"]`) },
    "an object in place of a text": { status: 400, body: withField(text, `{"$ne":"${secret}"}`) },
    "wrong base64": { status: 400, body: `%%%${secret}%%%`, base64: true },
    "JSON that is called base64": { status: 400, body: JSON.stringify({ ...good, [text]: secret }), base64: true },
    "bytes that are no text": { status: 400, body: Buffer.from([0xff, 0xfe, 0x7b]).toString("base64"), base64: true },
    "another content type": { status: 415, body: JSON.stringify(good), contentType: "text/plain" },
    "a form": { status: 415, body: `a=${secret}`, contentType: "application/x-www-form-urlencoded" },
    "no content type": { status: 415, body: JSON.stringify(good), contentType: "" },
    "a member twice": {
      status: 400,
      body: `{${JSON.stringify(text)}:${JSON.stringify(secret)},${JSON.stringify(good).slice(1)}`,
    },
    "a member twice, once escaped": {
      status: 400,
      body: `{"\\u00${text.charCodeAt(0).toString(16)}${text.slice(1)}":${JSON.stringify(secret)},${JSON.stringify(good).slice(1)}`,
    },
    "a member of a member twice": { status: 400, body: withField(text, `[{"a":1,"b":{"a":1,"a":"${secret}"}}]`) },
  };
}
