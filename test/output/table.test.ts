import { type Column, longestWord, paragraphs, pipe, renderTable, screenOf, type Table, widthOf } from "../../output";
import { hasColours } from "../../output/colours";

const address = "aws_dynamodb_table.orders_table";
const column = (title: string, kind: Column["kind"], importance: Column["importance"] = "essential"): Column => ({
  title,
  kind,
  importance,
});
const violations: Table = {
  columns: [
    column("rule", "name"),
    column("address", "name"),
    column("what the plan would do", "text"),
    column("how to fix it", "text"),
  ],
  rows: [
    [
      "no-data-loss",
      address,
      "would replace the table, and with it every item, because hash_key changes from order to customer",
      "keep the key, or make a second table and copy the items, then run `terraform state mv` on it",
    ],
  ],
};
const counts: Table = {
  columns: [column("stack", "name"), column("resources", "number", "useful"), column("most of them", "text", "detail")],
  rows: [
    ["prod-services-eu-central-1", 217, "lambda_function (17), cloudwatch_metric_alarm (80), iam_role (21)"],
    ["prod-keys", 9, "kms_key (3)"],
  ],
  total: ["total", 226, ""],
};
const tables = { violations, counts };
const widths = [24, 40, 60, 80, 100, 160];

describe("A table", () => {
  const cases = Object.keys(tables).flatMap((name) =>
    widths.map((columns) => [name as keyof typeof tables, columns] as const),
  );

  test.each(cases)(
    "of %s in %d columns has no line wider than these, unless it is one unbroken word",
    (name, columns) => {
      const lines = renderTable(tables[name], { columns }).split("\n");
      expect(lines.filter((line) => widthOf(line) > columns && longestWord(line) <= columns)).toEqual([]);
    },
  );

  test.each(cases)("of %s in %d columns breaks no name", (name, columns) => {
    const text = renderTable(tables[name], { columns });
    for (const [first] of tables[name].rows) expect(text).toContain(String(first));
    expect(text.includes(address)).toBe(name === "violations");
  });

  test.each(widths)("of essential columns alone loses no word in %d columns", (columns) => {
    const words = new Set(renderTable(violations, { columns }).match(/[^\s│]+/g));
    const missing = violations.rows.flat().flatMap((cell) =>
      String(cell)
        .split(/\s+/)
        .filter((word) => !words.has(word)),
    );
    expect(missing).toEqual([]);
  });

  test("wraps texts while there is room for all columns", () => {
    const text = renderTable(violations, { columns: 120 });
    expect(text).toMatch(/│ no-data-loss │ aws_dynamodb_table\.orders_table │ would/);
    expect(text.split("\n").length).toBeGreaterThan(5);
  });

  test("lets columns give way by importance, and says which and what shows them", () => {
    expect(renderTable(counts, { columns: 70 })).not.toContain("Left out");
    const without = renderTable(counts, { columns: 50 });
    expect(without).toMatch(/217 │\n/);
    expect(without.replaceAll("\n", " ")).toContain("Left out: most of them. A wider terminal, --wide or");
    expect(renderTable(counts, { columns: 36 }).replaceAll("\n", " ")).toContain("Left out: resources, most of them.");
  });

  test("becomes blocks where its essential columns do not fit", () => {
    const text = renderTable(violations, { columns: 60 });
    expect(text).toMatch(
      /^rule {20,}no-data-loss\naddress {17,}aws_dynamodb_table\.orders_table\nwhat the plan would do {2}would/,
    );
    expect(text).not.toMatch(/[│┌]/);
  });

  test("puts a name that is wider than the terminal on a line of its own", () => {
    expect(renderTable(violations, { columns: 30 }).split("\n")).toContain(address);
  });

  test("keeps what stands in backticks on one line", () => {
    for (const columns of widths) expect(renderTable(violations, { columns })).toContain("`terraform state mv`");
  });

  test("has as much room as it needs on a screen without an end", () => {
    const lines = renderTable(violations, { columns: Number.POSITIVE_INFINITY }).split("\n");
    expect(lines).toHaveLength(5);
    expect(widthOf(lines[0] ?? "")).toBeGreaterThan(200);
  });

  test("is a line for each row in a pipe, with tabs, with every column and without anything else", () => {
    expect(renderTable(counts, pipe)).toBe(
      [
        "stack\tresources\tmost of them",
        "prod-services-eu-central-1\t217\tlambda_function (17), cloudwatch_metric_alarm (80), iam_role (21)",
        "prod-keys\t9\tkms_key (3)",
        "total\t226\t",
      ].join("\n"),
    );
    const two: Table = { columns: [column("a", "text")], rows: [["one\n  two\tthree"]] };
    expect(renderTable(two, pipe)).toBe("a\none two three");
  });

  test("counts a wide character as two, and a colour as none", () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    const table: Table = {
      columns: [column("a", "text"), column("b", "name")],
      rows: [["日本 日本 日本 日本 日本 日本", { text: "b", paint: red }]],
    };
    for (const columns of [30, 40]) {
      const lines = renderTable(table, { columns }).split("\n");
      expect(new Set(lines.map(widthOf)).size).toBe(1);
    }
  });
});

describe("A text", () => {
  test("is wrapped at words, and goes on two columns further in", () => {
    expect(paragraphs("  one two three four", { columns: 12 })).toBe("  one two\n    three\n    four");
  });

  test("keeps its commands and its words whole, and everything in a pipe", () => {
    const command = "  terraform -chdir=some/long/folder state push errored.tfstate";
    expect(paragraphs(command, { columns: 20 })).toBe(command);
    expect(paragraphs(`a ${address} b`, { columns: 34 })).toBe(`a\n  ${address}\n  b`);
    // Where it only fits at the left edge, or nowhere.
    for (const columns of [31, 20]) expect(paragraphs(`a ${address} b`, { columns })).toBe(`a\n${address}\n  b`);
    expect(paragraphs(`a ${address} b`, pipe)).toBe(`a ${address} b`);
  });
});

describe("A screen", () => {
  const terminal = { isTTY: true, columns: 100 };

  test.each([
    [terminal, {}, 100],
    [terminal, { COLUMNS: "70" }, 70],
    [terminal, { COLUMNS: "wide" }, 100],
    [{ isTTY: true, columns: 0 }, {}, 80],
  ])("of %j with %j is %d columns wide", (stream, env, columns) =>
    expect(screenOf(stream, { env })).toEqual({ columns }),
  );

  test("has no end when it is to be wide, and is none in a pipe, whatever COLUMNS says", () => {
    expect(screenOf(terminal, { wide: true, env: {} }).columns).toBe(Number.POSITIVE_INFINITY);
    const file = { isTTY: false, columns: 0 };
    expect(screenOf(file, { wide: true, env: { COLUMNS: "70" } })).toBe(pipe);
  });

  test.each([
    [true, {}, true],
    [false, {}, false],
    [false, { CI: "true" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [true, { TERM: "dumb" }, false],
  ])("that is a terminal: %s, with %j has colours: %s", (isTTY, env, expected) => {
    expect(hasColours({ isTTY }, env)).toBe(expected);
  });
});
