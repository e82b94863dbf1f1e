import { marked } from "marked";
import { code, prose } from "../../../cli/review/markdown";
import { failureSummary, markerOf, rolloutSummary } from "../../../cli/review/rollout-summary";
import { everything, planned, plannedStack, violation } from "./sample";

const whole = { limit: Number.POSITIVE_INFINITY };
const run = "https://git.example/acme/shop/actions/runs/7";
const comment = 65_536;

/** What a reader sees, without tags. */
const shown = (markdown: string): string =>
  marked
    .parse(markdown, { async: false, gfm: true })
    .toString()
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
    .replaceAll("&amp;", "&");

const awkward = [
  'module.a["eu|west"].aws_sqs_queue.q[0]',
  'aws_sqs_queue.q["`tick`"]',
  'aws_sqs_queue.q["a\\\\|b"]',
  'aws_sqs_queue.q["</details><script>"]',
  'aws_sqs_queue.q["@acme/owners #1 *x* _y_"]',
  'aws_sqs_queue.q["&#124;"]',
];

describe("A name in Markdown", () => {
  test.each(awkward)("is shown as it is: %s", (name) => {
    expect(shown(`a ${code(name)} b`).trim()).toBe(`a ${name} b`);
    expect(marked.parse(`| a | b |\n| --- | --- |\n| ${code(name)} | 2 |`, { gfm: true })).toMatch(
      /<td>2<\/td>\s*<\/tr>/,
    );
  });
});

describe("A sentence in Markdown", () => {
  test.each([...awkward, "1. is *no* list", "<b>", "a_b_c ~~d~~ [e](f)"])("is shown as it is: %s", (text) =>
    expect(shown(`- so: ${prose(text)}`).trim()).toBe(`so: ${text}`),
  );

  test("mentions nobody and no issue, and stays in its line", () => {
    expect(prose("ask @acme/owners\n\nabout #12")).toBe("ask @<!-- -->acme/owners about #<!-- -->12");
  });
});

describe("The summary of a rollout", () => {
  const text = rolloutSummary(everything, { ...whole, run });

  test("says of a plan of files that differ from the commit that nobody can repeat it", () => {
    const dirty = rolloutSummary(planned({ source: { commit: "0", tree: "1", dirty: true } }), whole);
    expect(shown(dirty)).toContain("Planned from files that differ from the commit:");
    expect(text).not.toContain("differ from the commit");
  });

  test("begins with a line by which the next one finds it, one for each environment", () => {
    expect(text.split("\n")[0]).toBe(markerOf("prod"));
    expect(markerOf("prod")).not.toBe(markerOf("staging"));
    expect(failureSummary("prod", run).split("\n")[0]).toBe(markerOf("prod"));
  });

  test("has counts and the verdict, then each region, then what is lost and why, then the gates, then the changes", () => {
    const order = [
      "3 of 4 stacks change: 2 added, 1 changed, 1 replaced.",
      "The gates refuse it: 1 violation.",
      "Unchanged: prod-routing.",
      "prod-services-eu-west-1 (on prod-data)",
      "prod-services-eu-west-1 (predicted)",
      "Replaced, destroyed or dropped from the state",
      "hash_key",
      "Refused by the gates",
      "would be replaced, and its items lost Keep the key.",
      "Acknowledged until 2026-12-31",
      "Acknowledged, but not needed",
      "prod-keys: 1 added",
      "added aws_kms_key.data",
      "replaced aws_dynamodb_table.orders",
      "added aws_dynamodb_table.carts",
      'changed aws_lambda_function.orders["a|b`c"] (with predicted values)',
    ].map((words) => [words, shown(text).indexOf(words)] as const);
    expect(order.filter(([, at]) => at < 0)).toEqual([]);
    expect([...order].sort(([, a], [, b]) => a - b)).toEqual(order);
  });

  test("lists waves that change something, with the regions that each touches, and why the home region goes first", () => {
    const wave = (region: string | null, stack: string, hasChanges: boolean, regions: string[] = []) => ({
      region,
      stacks: [stack],
      hasChanges,
      regions,
    });
    const waves = [
      wave(null, "prod-keys", false),
      wave(null, "prod-data", true, ["eu-central-1", "eu-west-1"]),
      wave("eu-west-1", "prod-services-eu-west-1", true, ["eu-west-1"]),
    ];
    const lines = rolloutSummary(
      { ...everything, waves, homeFirst: "eu-west-1 goes before standby regions." },
      { limit: 100_000 },
    ).split("\n");
    const from = lines.indexOf("### Waves");
    expect(lines.slice(from, from + 6)).toEqual([
      "### Waves",
      "",
      "eu-west-1 goes before standby regions.",
      "",
      "1. `prod-data`: changes in eu-central-1, eu-west-1",
      "2. `prod-services-eu-west-1`: services, changes in eu-west-1",
    ]);
    expect(rolloutSummary(everything, { limit: 100_000 })).not.toContain("### Waves");
  });

  test("says that nothing changes", () => {
    const nothing = shown(rolloutSummary(planned({ stacks: [plannedStack("prod-keys", [])] }), whole));
    expect(nothing).toContain("Nothing changes. The gates refuse nothing.");
    expect(nothing).not.toContain("Unchanged:");
  });

  test("says which stacks cannot be applied so, without the words of a provider, which may have values in them", () => {
    const unpredictable = [{ stack: "prod-data", because: "the password hunter2 is too short" }];
    const stacks = [plannedStack("prod-data", [["a.b", "added"]])];
    const refused = rolloutSummary(planned({ stacks, unpredictable, notPlanned: ["prod-services"] }), whole);
    expect(shown(refused)).toContain(
      "1 of 1 stack changes: 1 added. The gates refuse nothing. 2 stacks cannot be applied so.",
    );
    expect(shown(refused)).toMatch(/prod-data: the simulated cloud refuses it[\s\S]*prod-services: was not planned/);
    expect(refused).not.toContain("hunter2");
  });

  test("names the bundle by its file, and the run", () => {
    const bundle = "/home/runner/rollouts/prod-4f1c.rollout";
    const named = rolloutSummary(planned({ bundle }), { ...whole, run });
    expect(named).toContain("Bundle: `prod-4f1c.rollout`");
    expect(named).toContain(`[Run](${run})`);
    expect(named).not.toContain("/home/runner");
  });

  test("keeps what is folded apart, whatever the names are", () => {
    const odd = rolloutSummary(
      planned({
        stacks: [plannedStack("a", [[awkward[3] as string, "added"]]), plannedStack("b", [["c.d", "added"]])],
      }),
      whole,
    );
    const html = marked.parse(odd, { async: false, gfm: true }).toString();
    expect(html.match(/<details>/g)).toHaveLength(2);
    expect(html.match(/<\/details>/g)).toHaveLength(2);
  });
});

describe("The summary of thousands of changes", () => {
  const long = "x".repeat(180);
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => [`aws_sqs_queue.${long}-${index}["ü"]`, "added"] as const);
  const huge = planned({
    stacks: [plannedStack("prod-keys", many(10)), plannedStack("prod-data", many(4_000)), plannedStack("z", many(1))],
    removals: Array.from({ length: 50 }, (_, index) => ({
      stack: "prod-data",
      address: `aws_dynamodb_table.t${index}`,
      outcome: "destroyed" as const,
      because: ["delete because no resource config"],
    })),
    bundle: "prod-4f1c.rollout",
  });

  test.each([comment, 1024 * 1024 - 1])(
    "has at most %d bytes, with whole names, and says what is left out",
    (limit) => {
      const enlarged = planned({ ...huge, stacks: huge.stacks.map((one) => ({ ...one })) });
      const text = rolloutSummary(enlarged, { limit, run });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      const rows = text.split("\n").filter((line) => line.startsWith("- added"));
      expect(rows.length).toBeGreaterThan(100);
      expect(rows.filter((row) => !/^- added `aws_sqs_queue\.x{180}-\d+\["ü"\]`$/.test(row))).toEqual([]);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
      // Everything that matters more is there.
      for (const { address } of huge.removals) expect(text).toContain(`\`${address}\``);
      const cut = 4_011 - rows.length;
      if (cut > 0) expect(text).toContain("Left out, as this would be too long: ");
      const left = [...text.matchAll(/(\d+) changes of/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      expect(left).toBe(cut);
      if (cut > 0) expect(text).toContain(`evenkeel bundle show prod-4f1c.rollout --markdown`);
      if (cut > 0) expect(text).toContain(`[The run](${run})`);
    },
  );

  test("keeps to the limit also where what matters most is too long, and names as much as it can", () => {
    const violations = Array.from({ length: 3_000 }, (_, index) => ({ ...violation, address: `a.b${index}` }));
    const stacks = Array.from({ length: 300 }, (_, index) => plannedStack(`prod-${long}-${index}`, many(3)));
    const text = rolloutSummary(planned({ violations, stacks }), { limit: comment - 1, run });
    expect(Buffer.byteLength(text)).toBeLessThan(comment);
    expect(text).toContain("more rows");
    expect(text).toContain("`evenkeel plan --json` has all of it.");
  });

  test("is whole where it fits", () => {
    const text = rolloutSummary(huge, whole);
    expect(text).not.toContain("Left out");
    expect(rolloutSummary(huge, { limit: Buffer.byteLength(text) })).toBe(text);
  });
});

describe("The summary of a plan beside a base", () => {
  const summary = rolloutSummary(
    planned({
      stacks: [plannedStack("prod-data", [["aws_dynamodb_table.carts", "added"]])],
      base: { given: "main", kind: "commit", commit: "0123456789abcdef", withoutFigures: null },
      unchanged: ["prod-keys"],
      leftOut: ["prod-edge"],
      figureChanges: [{ figure: "usd", of: null, before: 10, now: 12 }],
      postponed: [
        {
          stack: "prod-data",
          address: "aws_rds_cluster.stock",
          kind: "maintenance window",
          arguments: ["engine_version"],
          days: null,
        },
      ],
      laterStages: [{ stage: "optimization", capabilities: ["databaseProxy", "warming"] }],
    }),
    whole,
  );

  test.each([
    ["stacks that were not planned", "Compared with main (0123456789ab). The same there, and not planned: prod-keys."],
    ["stacks that are left out", "Left out: prod-edge."],
    ["what it costs", "It costs 12.00 USD a month."],
    ["figures that change", "costs a month"],
    ["what waits", "prod-data aws_rds_cluster.stock: engine_version: changed in the next maintenance window"],
    ["what comes later", "The stage optimization will bring 2 more: databaseProxy, warming."],
  ])("says %s", (_, text) => {
    expect(shown(summary)).toContain(text);
  });

  test("says why nothing is known of the figures of the base", () => {
    const base = { given: "before", kind: "folder", commit: null, withoutFigures: "a folder says nothing" } as const;
    expect(shown(rolloutSummary(planned({ base }), whole))).toContain(
      "The base is not compared: a folder says nothing.",
    );
  });
});
