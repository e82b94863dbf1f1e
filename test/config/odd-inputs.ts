/** What a value in an environment file can be, although no field takes it. */
export const oddInputs = (): Readonly<Record<string, unknown>> => ({
  "a text of 5,000 characters": "x".repeat(5000),
  "a text of 10 MB": "x".repeat(10_000_000),
  "a name of 10 MB": { ["k".repeat(10_000_000)]: 1 },
  "a list of 10,000 numbers": Array(10_000).fill(7),
  "a list of 10,000 nulls": Array(10_000).fill(null),
  "a list of 1,000 empty objects": Array(1000).fill({}),
  "a list of 10,000 empty objects": Array(10_000).fill({}),
  "an object of 10,000 fields": fieldsOf(10_000, 1),
  "an object of 100,000 fields": fieldsOf(100_000, 1),
  "an object of 1,000 objects": fieldsOf(1000, { x: 1 }),
  "10,000 levels": nested(10_000),
  "60 levels": nested(60),
  "an object that contains itself": cyclic({}),
  "a list that contains itself": cyclicList([]),
  "a getter that throws": {
    get x() {
      throw new Error("boom");
    },
  },
  "a proxy that throws": new Proxy(
    {},
    {
      ownKeys() {
        throw new Error("no");
      },
    },
  ),
  "a proxy that is revoked": revoked(),
  "an endless proxy": endless(),
  "a Date": new Date(0),
  "an invalid Date": new Date(Number.NaN),
  "a Map": new Map([[1, 2]]),
  "a Set": new Set([1]),
  "a BigInt": 10n,
  "a function": () => 1,
  "a symbol": Symbol("x"),
  NaN: Number.NaN,
  Infinity: Number("1e400"),
  "-Infinity": Number.NEGATIVE_INFINITY,
  "an own __proto__": JSON.parse('{"__proto__":{"name":"x"}}'),
  "names of Object.prototype": { constructor: {}, toString: 1, hasOwnProperty: 2 },
  "a lone surrogate": "a\ud800b",
  NUL: "a\0b",
  "a list with holes": withHoles(),
  "a list of a billion holes": new Array(1e9),
  "an instance of a class": new (class Setting {
    readonly value = 1;
  })(),
  "a frozen object": Object.freeze({ a: Object.freeze([1]) }),
  "an object without a prototype": Object.assign(Object.create(null), { a: 1 }),
  "a regular expression": /a/,
  "an error": new Error("x"),
  "a promise": Promise.resolve(1),
  "a typed array": new Uint8Array(10),
  "a boxed text": Object("x"),
  null: null,
  true: true,
  "a fraction": 0.1,
  "a huge number": 1e308,
  "a text with marks of direction": "x\u202ey\u2028",
});

function fieldsOf(count: number, value: unknown): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
}

function nested(levels: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

function cyclic(object: Record<string, unknown>): object {
  object.me = object;
  return object;
}

function cyclicList(list: unknown[]): unknown[] {
  list.push(list);
  return list;
}

function withHoles(): unknown[] {
  const list: unknown[] = [];
  list[2] = 1;
  return list;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function endless(): object {
  const proxy: object = new Proxy(
    {},
    {
      get: () => proxy,
      ownKeys: () => ["a"],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: proxy }),
    },
  );
  return proxy;
}
