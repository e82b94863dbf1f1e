import { createHash } from "node:crypto";
import { type Report, renderReport } from "../../report";
import { stackReports } from "../../report/data/stacks";
import { pictureStyle, readResources, topologySvg } from "../../topology";
import { outputFolder, resource } from "../topology/output-folder";

/** A report with something everywhere, and a text of one's choice wherever users or templates write text. */
function reportOf(text = "words", more: Partial<Report> = {}): Report {
  const thing = { kind: text, name: text, region: text };
  return {
    environment: text,
    description: text,
    stage: "hardening",
    ownStage: "foundation",
    account: text,
    homeRegion: text,
    activeRegion: text,
    standbyRegions: [text],
    totals: { stacks: 1, resources: 2, holding: 1, regions: [{ region: text, resources: 2 }] },
    topology: {
      failovers: [
        { from: thing, primary: [thing], secondary: [thing], mutual: false },
        { from: thing, primary: [], secondary: [thing, thing], mutual: true },
      ],
      replicated: [{ kind: text, name: text, regions: [text] }],
      withoutClient: [{ ...thing, startedBy: [text, "events"] }],
    },
    stages: {
      all: ["foundation", "hardening", "optimization"],
      capabilities: [
        { name: text, brings: text, since: "foundation", enabled: true, comesNext: false, reason: text },
        { name: text, brings: text, since: "optimization", enabled: false, comesNext: true },
      ],
      next: {
        stage: "optimization",
        resources: 3,
        kinds: [{ type: text, now: 1, next: 2, added: 1, removed: 0, changed: 1 }],
        removed: [text],
        changedHolding: [text],
      },
    },
    migrations: [{ database: text, count: 2, last: text }],
    recovery: {
      inForce: true,
      since: "optimization",
      services: [
        {
          service: text,
          objective: { recoveryTimeSeconds: 60, recoveryPointSeconds: 60 },
          paths: [
            {
              path: text,
              subject: text,
              recoveryTimeSeconds: 90,
              recoveryTimeFrom: text,
              recoveryPointSeconds: 0,
              recoveryPointFrom: text,
              documentation: "https://docs.aws.amazon.com/",
            },
          ],
          met: false,
        },
        { service: text, paths: [] },
      ],
    },
    costs: {
      usd: 1234.5,
      failover: { region: text, usd: 1300 },
      capabilities: [{ name: text, usd: 1234.5, failoverUsd: 1300 }],
      stages: [
        { stage: "foundation", usd: 1000 },
        { stage: "hardening", usd: 1234.5, addsUsd: 234.5 },
      ],
      prices: { oldest: "2026-09-24", newest: "2026-11-27" },
      withoutTraffic: [text],
    },
    stacks: [
      {
        name: text,
        dependsOn: [text],
        resources: [
          { address: text, type: text, name: text, region: text, holds: text },
          { address: "aws_sqs_queue.orders_queue", type: "aws_sqs_queue" },
        ],
      },
    ],
    ...more,
  };
}

const parts = { picture: { missing: "elkjs is missing" }, style: "p{color:red}", script: "start()" };
const render = (report = reportOf()): string => renderReport(report, parts);
/** What a reader sees, with one space between words. */
const textOf = (page: string): string =>
  page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("The page", () => {
  test.each([
    `<script>alert("1")</script>`,
    `"><img src=x onerror=alert(1)>`,
    `' onmouseover='alert(1)`,
    `</title></style><script>alert(1)</script>`,
    "<!--",
    "$&$1$'",
  ])("shows %s as text, wherever users can write it", (text) => {
    const plain = render(reportOf("words"));
    const page = render(reportOf(text));
    // The same elements with the same attributes: nothing but text has changed.
    const shape = (of: string): string[] =>
      [...of.matchAll(/<[!/]?[a-zA-Z][^>]*>|<!--/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
    expect(shape(page).join("").replaceAll("<wbr>", "")).toBe(shape(plain).join("").replaceAll("<wbr>", ""));
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.replace(/<[!/]?[a-zA-Z][^>]*>/g, "")).not.toMatch(/<(?!$)/);
  });

  test("escapes what a picture shows", async () => {
    const name = `<script>alert("1")</script>`;
    const folder = outputFolder({
      only: { resources: { aws_sqs_queue: { q: resource("eu-west-1", "q/q", { name }) } } },
    });
    const page = renderReport(reportOf(), { ...parts, picture: { svg: await topologySvg(folder, name) } });
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  });

  test("permits its own style sheets and script, and nothing else", async () => {
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const folder = outputFolder({ only: { resources: { aws_sqs_queue: { q: resource("eu-west-1", "q/q") } } } });
    const page = renderReport(reportOf(), { ...parts, picture: { svg: await topologySvg(folder, "x") } });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash(parts.style)} ${hash(pictureStyle())}`,
      `script-src ${hash(parts.script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    const inline = [...page.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)].map(([, text = ""]) => text);
    expect(inline.map(hash).every((each) => policy?.includes(each))).toBe(true);
    expect(inline).toHaveLength(3);
  });

  test("has what a month costs and what each stage adds, where it was estimated", () => {
    const text = textOf(render());
    expect(text).toContain("a month is estimated to cost 1,234.50 USD, and 1,300.00 USD with the traffic in words.");
    expect(text).toContain("hardening adds 234.50 USD a month.");
    expect(text).not.toContain("foundation adds");
    expect(textOf(render(reportOf("words", { costs: undefined })))).not.toContain("Costs");
  });

  test("refers to nothing outside, but for links to documentation", () => {
    const page = render();
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\s(src|srcset|style|on\w+)=/);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
    const outside = links.filter((href) => !href.startsWith("#"));
    expect(outside.every((href) => href.startsWith("https://docs.aws.amazon.com/"))).toBe(true);
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((href) => href.startsWith("#") && !ids.includes(href.slice(1)))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has headings in order, and tables with caption and scope", () => {
    const page = render();
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.slice(1).filter((level, index) => level > (levels[index] ?? 0) + 1)).toEqual([]);
    const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    for (const each of tables) {
      expect(each).toMatch(/^<table[^>]*>\n<caption>[^<]+<\/caption>/);
      expect(each.match(/<th /g)).toHaveLength((each.match(/scope="(col|row)"/g) ?? []).length);
    }
    for (const landmark of ["<header", "<nav", "<main", "<footer", 'class="skip" href="#content"']) {
      expect(page).toContain(landmark);
    }
  });

  test("says what is missed, and by how much", () => {
    const text = textOf(render());
    expect(text).toContain("objectives missed");
    expect(text).toContain("1 min 30 s above 1 min");
    expect(text).toContain("0 of 1 recovery objectives met");
    expect(text).toContain("2 migrations of schemas");
    expect(text).toContain("no objective");
  });

  test("says which stage it shows, and what the next brings", () => {
    const text = textOf(render(reportOf("acme")));
    expect(text).toContain("as it would be at hardening. Its file says foundation.");
    expect(text).toContain("From 2 resources to 3.");
    expect(text).toContain("npx evenkeel report acme --stage hardening");
    const last = reportOf("acme", { stages: { ...reportOf().stages, next: undefined } });
    expect(textOf(render(last))).toContain("is the last stage: no promotion is left");
  });

  test("says plainly what no client calls", () => {
    expect(textOf(render(reportOf("acme")))).toMatch(/No client calls these .*acme acme acme acme and events/);
    const none = { ...reportOf().topology, withoutClient: [] };
    expect(textOf(render(reportOf("acme", { topology: none })))).not.toContain("No client calls");
  });

  test("says what to install where there is no picture", () => {
    expect(textOf(render())).toContain("elkjs is missing");
  });

  test("lets an address be broken without changing it", () => {
    const address = /<th[^>]*><code>(aws.*?)<\/code>/.exec(render())?.[1] ?? "";
    expect(address).toContain("<wbr>");
    expect(address.replaceAll("<wbr>", "")).toBe("aws_sqs_queue.orders_queue");
  });

  test("is the same for the same report", () => {
    expect(render()).toBe(render());
  });
});

describe("The region that serves first", () => {
  const recoveryOf = (path: string) => {
    const report = reportOf();
    const [service] = report.recovery.services;
    if (!service) throw new Error("there is no service");
    const services = [{ ...service, paths: service.paths.map((each) => ({ ...each, path })) }];
    return render(reportOf("words", { activeRegion: "eu-central-1", recovery: { ...report.recovery, services } }));
  };

  test("is named where it is not home, and is the one that is lost", () => {
    expect(render(reportOf("words", { activeRegion: "eu-central-1" }))).toContain(
      "<dt>Serves first</dt><dd>eu-central-1</dd>",
    );
    expect(recoveryOf("DNS")).toContain("After the loss of eu-central-1, in words");
    expect(render()).not.toContain("Serves first");
  });

  test("does not write to a database", () => {
    expect(recoveryOf("database")).toContain("Databases write in words until somebody switches them over");
    expect(recoveryOf("DNS")).not.toContain("Databases write");
  });
});

describe("pictureOf", () => {
  test("says what to install where the layout engine is missing", async () => {
    jest.resetModules();
    jest.doMock("elkjs/lib/elk.bundled.js", () => {
      throw Object.assign(new Error("Cannot find module 'elkjs'"), { code: "MODULE_NOT_FOUND" });
    });
    const { pictureOf } = require("../../report") as typeof import("../../report");
    const picture = await pictureOf({ stacks: [], regions: [], nodes: [], edges: [] }, "x");
    expect(picture).toEqual({ missing: expect.stringContaining("npm install --save-dev elkjs@0.12") });
    jest.dontMock("elkjs/lib/elk.bundled.js");
  });
});

describe("A report of secrets", () => {
  test("cannot be had: no argument of a resource is in it but names", () => {
    const secret = "AKIAIOSFODNN7EXAMPLE";
    const output = outputFolder({
      only: {
        resources: {
          aws_lambda_function: { f: { function_name: "f", environment: [{ variables: { KEY: secret } }] } },
          aws_ssm_parameter: { p: { name: "p", value: secret } },
        },
      },
    });
    expect(JSON.stringify(readResources(output).map(({ body }) => body))).toContain(secret);
    const stacks = stackReports(output, readResources(output), {});
    expect(render(reportOf("words", { stacks }))).not.toContain(secret);
  });
});
