import type { Draw } from "../random";

/** Texts that files may hold, and that break what is careless with them. */
const oddTexts: readonly string[] = [
  "",
  " ",
  "x",
  "null",
  "-1",
  "Zürich Ωmega 你好 🎉",
  "e\u0301 \u202e left \u2028 line",
  "two\nlines\r\n\ttab",
  "\0",
  "\ud800",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's, not ours
  "Hello ${name}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's, not ours
  '${file("/etc/passwd")}',
  "100%{x}",
  "$${escaped}",
  "quote \" ' ` \\ end",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "a".repeat(65),
  "b".repeat(300),
  "c".repeat(5000),
  "(a+)+$",
  "(?=a)[",
  "*",
  "constructor",
  "__proto__",
  "eu-west-1",
  "us-gov-west-1",
  "arn:aws:iam::111111111111:role/other",
  "arn:aws-cn:kms:cn-north-1:111111111111:key/x",
  "https://user:pw@host.example.com",
  "http://host.example.com:99999/",
  "10.0.0.0/33",
  "0.0.0.0/0",
  "2026-02-30",
  "rate(0 hours)",
  "cron(99 99 ? * FOO *)",
];

const oddNumbers: readonly number[] = [
  0,
  -0,
  -1,
  1,
  2,
  0.5,
  1e9,
  1e21,
  2 ** 31,
  2 ** 53,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];

const characters = [..."aZ09-_./: $%{}\"'\\é🎉"];

/** Another text: an odd one, or this one a little changed. */
export function otherText(text: string, draw: Draw): string {
  const at = text.length === 0 ? 0 : draw([...Array(Math.min(text.length, 200)).keys()]);
  const changes: readonly (() => string)[] = [
    () => draw(oddTexts),
    () => draw(oddTexts),
    () => text + draw(characters),
    () => text.slice(0, at) + draw(characters) + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.toUpperCase(),
    () => text.repeat(draw([2, 10, 40])),
    () => text.replace(/\d+/, (digits) => String(Number(digits) + draw([1, -1, 1000]))),
    () => `${text}2`,
  ];
  return draw(changes)();
}

/** Another number, often one at the limits that a schema states. */
export function otherNumber(value: number, limits: readonly number[], draw: Draw): number {
  const near = limits.flatMap((limit) => [limit - 1, limit, limit + 1, limit + 0.5]);
  return draw([...near, ...near, value + 1, value - 1, value * 10, value / 3, draw(oddNumbers)]);
}

/** A value of another type. */
export function otherType(value: unknown, draw: Draw): unknown {
  const candidates: readonly unknown[] = [
    null,
    undefined,
    0,
    true,
    "x",
    [],
    {},
    [value],
    { value },
    String(value),
    "x".repeat(5000),
    10n,
    new Date(0),
    [null],
    { constructor: value },
  ];
  return draw(
    candidates.filter((other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value)),
  );
}
