import { audit } from "../../../cli/commands/audit";
import type { DocumentData } from "../../../cli/document";
import type { auditDocument } from "../../../cli/documents/audit";
import { reviewLicences, usedPackages } from "../../../cli/supply-chain/licences";
import { auditSarif } from "../../../cli/supply-chain/sarif";
import { type Advisories, advisoriesIn, reviewAdvisories } from "../../../cli/supply-chain/vulnerabilities";
import { auditConfig, licenceFits } from "../../../config";

const found = (name: string, licence: string | null, folder = `/app/node_modules/${name}`) => ({
  name,
  version: "1.0.0",
  licence,
  integrity: null,
  folder,
});
const used = usedPackages([
  { entry: "services/orders/handler.ts", packages: [found("pg", "MIT"), found("elk", "EPL-2.0 OR GPL-3.0")] },
  { entry: "services/ledger/handler.ts", packages: [found("pg", "MIT"), found("odd", "SEE LICENSE IN terms.txt")] },
]);
const terms = (input: object) => auditConfig.parse(input);

describe("The licence of a package", () => {
  test("fits by one of those to choose from, and by all that hold together", () => {
    expect(licenceFits("(MIT OR GPL-3.0)", ["MIT"])).toBe(true);
    expect(licenceFits("MIT AND GPL-3.0", ["MIT"])).toBe(false);
    expect(licenceFits("MIT OR GPL-3.0 AND ISC", ["MIT"])).toBe(true);
    expect(licenceFits("(MIT OR GPL-3.0) AND ISC", ["MIT"])).toBe(false);
    expect(licenceFits("GPL-2.0 WITH Classpath-exception-2.0", ["GPL-2.0 WITH Classpath-exception-2.0"])).toBe(true);
    expect(licenceFits("Apache-2.0 WITH LLVM-exception", ["Apache-2.0"])).toBe(true);
  });

  test.each(["as you like", "SEE LICENSE IN terms.txt", "UNLICENSED", "", "MIT OR", "(MIT", "MIT)", "AND"])(
    "is no expression: %p",
    (text) => expect(licenceFits(text, ["MIT"])).toBeUndefined(),
  );

  test("does not fit in other letters", () => {
    expect(licenceFits("mit", ["MIT"])).toBe(false);
  });

  test("fails if it is not on the list, is no expression, or is none, and says where it is", () => {
    const { fitting, refused } = reviewLicences(used, terms({}).licences);
    expect(fitting).toBe(1);
    expect(refused.map(({ package: name, bundles }) => [name, bundles])).toEqual([
      ["elk", ["services/orders/handler.ts"]],
      ["odd", ["services/ledger/handler.ts"]],
    ]);
    const none = usedPackages([{ entry: "a.ts", packages: [found("bare", null)] }]);
    expect(reviewLicences(none, terms({}).licences).refused).toHaveLength(1);
  });

  test("may be another one with a reason, which somebody needs", () => {
    const exceptions = [
      { package: "odd", reason: "bought, for these services" },
      { package: "gone", reason: "was bought as well" },
    ];
    const allowed = ["MIT", "EPL-2.0"];
    const review = reviewLicences(used, terms({ licences: { allowed, exceptions } }).licences);
    expect(review.refused).toEqual([]);
    expect(review.accepted).toMatchObject([{ package: "odd", reason: "bought, for these services" }]);
    expect(review.unneeded).toEqual([{ of: "gone", reason: "was bought as well" }]);
  });
});

const ghsa = "GHSA-2345-6789-cfgh";
const via = (severity: string) => ({
  source: 1,
  name: "pg",
  title: "Reads too much",
  url: `https://github.com/advisories/${ghsa}`,
  severity,
  range: "<2",
});
const printed = (severity: string, nodes = ["node_modules/pg"]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      pg: { via: [via(severity), "other"], nodes },
      other: { via: ["pg"], nodes: ["node_modules/other"] },
    },
  });
const known = (severity: string, nodes?: string[]) => {
  const advisories = advisoriesIn(printed(severity, nodes), "");
  if (!advisories.checked) throw new Error(advisories.why);
  return advisories.advisories;
};
const at = { today: "2026-11-27", project: "/app" };

describe("A known vulnerability", () => {
  test("fails from a severity on, where a bundle has that package", () => {
    const { vulnerabilities } = terms({});
    const { failing, below } = reviewAdvisories(known("high"), used, vulnerabilities, at);
    expect(failing).toMatchObject([
      { advisory: ghsa, package: "pg", bundles: ["services/ledger/handler.ts", "services/orders/handler.ts"] },
    ]);
    expect(below).toBe(0);
    expect(reviewAdvisories(known("moderate"), used, vulnerabilities, at)).toMatchObject({ failing: [], below: 1 });
    const elsewhere = known("critical", ["node_modules/tool/node_modules/pg"]);
    expect(reviewAdvisories(elsewhere, used, vulnerabilities, at)).toMatchObject({ failing: [], below: 0 });
  });

  test("may stay with a reason until a day", () => {
    const accepted = (expires: string) =>
      terms({ vulnerabilities: { accepted: [{ advisory: ghsa, reason: "we never read so much", expires }] } });
    const review = (expires: string) => reviewAdvisories(known("high"), used, accepted(expires).vulnerabilities, at);
    expect(review("2026-11-28")).toMatchObject({ failing: [], accepted: [{ advisory: ghsa, expires: "2026-11-28" }] });
    expect(review("2026-11-27").failing).toHaveLength(1);
    expect(reviewAdvisories([], used, accepted("2026-11-28").vulnerabilities, at).unneeded).toEqual([
      { of: ghsa, reason: "we never read so much" },
    ]);
  });

  test.each([
    [
      '{"message":"405 Method Not Allowed","error":{"code":null,"summary":""}}',
      "npm error audit endpoint",
      "405 Method Not Allowed",
    ],
    ['{"error":{"code":"ENOLOCK","summary":"needs a lock file"}}', "", "ENOLOCK: needs a lock file"],
    ["", "npm error network is down\nnpm error again", "network is down"],
    ["{}", "", "npm audit printed no report"],
  ])("is not known where npm prints %s", (stdout, stderr, why) => {
    expect(advisoriesIn(stdout, stderr)).toEqual({ checked: false, why });
  });
});

describe("evenkeel audit", () => {
  const run = async (advisories: Advisories, licencesOnly = false) => {
    const sources = { advisories: async () => advisories, today: at.today };
    const { code, json } = await audit("sandbox", { licencesOnly }, sources);
    return { code, ...(json as DocumentData<typeof auditDocument>) };
  };

  test("passes where all is well", async () => {
    expect(await run({ checked: true, advisories: [] })).toMatchObject({ code: 0, passed: true, notChecked: null });
  });

  test("does not pass where vulnerabilities were not checked", async () => {
    const ended = await run({ checked: false, why: "405 Method Not Allowed" });
    expect(ended).toMatchObject({
      code: 2,
      passed: false,
      vulnerabilities: null,
      notChecked: "405 Method Not Allowed",
    });
    expect(await run({ checked: false, why: "405" }, true)).toMatchObject({ code: 0, passed: true, notChecked: null });
  });

  test("fails on what a bundle has", async () => {
    const [first] = known("critical");
    if (!first) throw new Error("there is no advisory");
    const advisory = { ...first, package: "@smithy/core", folders: ["node_modules/@smithy/core"] };
    const ended = await run({ checked: true, advisories: [advisory] });
    expect(ended).toMatchObject({ code: 1, passed: false });
    expect(ended.vulnerabilities?.failing[0]).toMatchObject({ advisory: ghsa, package: "@smithy/core" });
  });
});

test("SARIF has what fails, and what has a reason as suppressed", () => {
  const licences = reviewLicences(
    used,
    terms({ licences: { exceptions: [{ package: "odd", reason: "bought, for these services" }] } }).licences,
  );
  const review = reviewAdvisories(known("high"), used, terms({}).vulnerabilities, at);
  const [runOf] = auditSarif("1.2.3", licences, review).runs;
  const results = (runOf?.results ?? []).map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.justification]);
  expect(results).toEqual([
    ["licence", undefined],
    ["licence", "bought, for these services"],
    [ghsa, undefined],
  ]);
});

test("The list of a project is checked", () => {
  const problems = (input: object) => auditConfig.safeParse(input).error?.issues.map(({ message }) => message);
  expect(problems({ licences: { allowed: ["MIT OR ISC"] } })?.[0]).toContain("is not one licence of SPDX");
  const accepted = [{ advisory: "CVE-2026-1", reason: "does no harm here", expires: "tomorrow" }];
  expect(problems({ vulnerabilities: { accepted } })).toEqual([
    "is not the id of an advisory; use GHSA-xxxx-xxxx-xxxx",
    "is not a day; use YYYY-MM-DD",
  ]);
});
