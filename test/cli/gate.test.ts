import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { type GateOptions, gate } from "../../cli/commands/gate";
import { gateDocument } from "../../cli/documents/gate";
import { readOtherResults } from "../../cli/gate/other-results";
import { plannedCosts } from "../../cli/gate/planned-costs";
import { reviewLicences, usedPackages } from "../../cli/supply-chain/licences";
import { auditSarif } from "../../cli/supply-chain/sarif";
import { auditConfig } from "../../config";
import project from "../../evenkeel.config";
import { onRequest } from "../../gates";
import type { Plan } from "../../terraform";
import { change, plan, update } from "../gates/plans";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const bucket = "aws_s3_bucket.site";
const open = change("aws_s3_bucket_acl.site", ["create"], { after: { acl: "public-read", tags: {} } });

/** A file below the test's folder. @returns its path */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Checks plans by stack, in the folder of this project. */
async function check(plans: Readonly<Record<string, Plan>>, options: GateOptions = {}) {
  const files = Object.entries(plans).map(([stack, content]) => file(`${stack}/plan.json`, content));
  const { code, json, text } = await gate(files, { firstDeployment: true, ...options });
  const data = gateDocument.schema.parse(JSON.parse(JSON.stringify(json))) as Record<string, unknown> & {
    violations: { rule: string; stack: string; address: string; tool?: string; acknowledgedAs?: string }[];
    results: unknown[];
  };
  return { code, data, text: text({ columns: 200 }) };
}

/** Whether every element of a document ends, in its order, and nothing in it is left unescaped. */
function isWellFormed(xml: string): boolean {
  const names: string[] = [];
  const rest = xml
    .replace(/<\?xml [^>]*\?>/, "")
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (...found) => {
      const [, end, name, , empty] = found as string[];
      if (end === "/") return names.pop() === name ? "" : "<";
      if (empty !== "/") names.push(name ?? "");
      return "";
    });
  return names.length === 0 && !/[<>]|&(?!(amp|lt|gt|quot|#39);)/.test(rest);
}

beforeEach(() => {
  jest.spyOn(process.stderr, "write").mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

const checkov = (...failed: readonly object[]) => ({
  check_type: "terraform_plan",
  results: { passed_checks: [], failed_checks: failed, skipped_checks: [], parsing_errors: [] },
  summary: { resource_count: 3 },
});
const failed = (stack: string, check_id = "CKV_AWS_18", resource = bucket) => ({
  check_id,
  check_name: "Ensure the S3 bucket has access logging enabled",
  file_abs_path: join(folder, stack, "plan.json"),
  file_path: "/plan.json",
  resource,
  resource_address: resource,
});

describe("Results of other scanners", () => {
  test("of Checkov are findings by check, stack and address; one report or a list of them", () => {
    const finding = {
      tool: "Checkov",
      rule: "CKV_AWS_18",
      stack: "prod-edge",
      address: bucket,
      message: "Ensure the S3 bucket has access logging enabled",
    };
    const one = checkov(failed("prod-edge"));
    expect(readOtherResults(file("checkov.json", one)).findings).toEqual([finding]);
    expect(readOtherResults(file("checkov.json", [one, checkov()])).findings).toEqual([finding]);
  });

  test("of conftest are its failures, by the rule of the policy; warnings are none", () => {
    const results = [
      {
        filename: "cdktf.out/stacks/prod-edge/plan.json",
        namespace: "main",
        successes: 2,
        warnings: [{ msg: "old" }],
        failures: [
          { msg: "no owner", metadata: { query: "data.tags.deny_owner", details: { address: bucket } } },
          { msg: "no cost centre" },
        ],
      },
    ];
    const { findings } = readOtherResults(file("conftest.json", results));
    expect(findings).toEqual([
      { tool: "conftest", rule: "tags.deny_owner", stack: "prod-edge", address: bucket, message: "no owner" },
      { tool: "conftest", rule: "main.deny", stack: "prod-edge", address: "plan.json", message: "no cost centre" },
    ]);
  });

  test("as SARIF are what fails and is not suppressed", () => {
    const result = (ruleId: string, more: object) => ({
      ruleId,
      message: { text: ruleId },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "main.tf" }, region: { startLine: 3 } },
          logicalLocations: [{ name: bucket, fullyQualifiedName: `prod-edge/${bucket}` }],
        },
      ],
      ...more,
    });
    const results = [
      result("fails", { level: "error" }),
      result("warns", {}),
      result("notes", { level: "note" }),
      result("passes", { kind: "pass" }),
      result("is-accepted", { suppressions: [{ kind: "inSource", justification: "nobody reads it" }] }),
      result("was-not-accepted", { suppressions: [{ kind: "external", status: "rejected" }] }),
      result("has-no-name", { locations: [{ physicalLocation: { artifactLocation: { uri: "main.tf" } } }] }),
    ];
    const log = { version: "2.1.0", runs: [{ tool: { driver: { name: "trivy" } }, results }] };
    const { tool, findings } = readOtherResults(file("trivy.sarif", log));
    expect(tool).toBe("trivy");
    expect(findings.map(({ rule, stack, address }) => [rule, stack, address])).toEqual([
      ["fails", "prod-edge", bucket],
      ["warns", "prod-edge", bucket],
      ["was-not-accepted", "prod-edge", bucket],
      ["has-no-name", undefined, "main.tf"],
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /results\.json: is not JSON; give what `checkov/],
    ["a plan", plan([]), /results\.json: is not the results of a scanner that is known here; give what/],
    ["an empty list", [], /is not the results of a scanner/],
    ["SARIF of another version", { version: "2.0.0", runs: [] }, /is not the results of a scanner/],
    [
      "a Checkov that looked at nothing",
      { passed: 0, failed: 0, checkov_version: "3.3.30" },
      /Checkov looked at nothing/,
    ],
    [
      "a Checkov that could not read",
      { ...checkov(), results: { ...checkov().results, parsing_errors: ["a.json"] } },
      /Checkov could not read a\.json; plan again/,
    ],
  ])("are refused for %s, with exit code 2", (_, content, message) => {
    const path = file("results.json", content);
    expect(() => readOtherResults(path)).toThrow(message);
    expect(() => readOtherResults(path)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  test("are refused for no file", () =>
    expect(() => readOtherResults(join(folder, "none.json"))).toThrow(/none\.json: cannot be read; give what/));

  test("are put in; what has its reason in code beside the stack is left out", async () => {
    file("prod-edge/accepted-findings.json", [{ address: bucket, check: "CKV_AWS_18", reason: "Nobody reads it." }]);
    const results = [file("checkov.json", checkov(failed("prod-edge"), failed("prod-edge", "CKV_AWS_21")))];
    const { code, data, text } = await check({ "prod-edge": plan([]) }, { results });
    expect(code).toBe(1);
    expect(data.results).toEqual([{ file: results[0], tool: "Checkov", findings: 2, reasoned: 1 }]);
    expect(data.violations).toMatchObject([
      { rule: "CKV_AWS_21", stack: "prod-edge", address: bucket, tool: "Checkov", acknowledgedAs: bucket },
    ]);
    expect(text).toContain("2 findings, 1 of them with a reason in code");
    expect(text).toContain(`{ rule: "CKV_AWS_21", stack: "prod-edge", address: "${bucket}" },`);
  });
});

describe("What gate writes", () => {
  const schema = JSON.parse(readFileSync(require.resolve("schemastore/schemas/json/sarif-2.1.0.json"), "utf8"));
  const isValid = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);
  const written = async () => {
    const [sarif, junit] = [join(folder, "reports", "gate.sarif"), join(folder, "reports", "gate.xml")];
    const results = [file("checkov.json", checkov(failed("other-edge", "CKV_AWS_21")))];
    const { code, data } = await check({ "prod-edge": plan([open]) }, { sarif, junit, results });
    return { code, data, sarif: readFileSync(sarif, "utf8"), junit: readFileSync(junit, "utf8") };
  };

  test("as SARIF is valid, with a run of its own for each scanner", async () => {
    const { code, data, sarif } = await written();
    const log = JSON.parse(sarif) as Log;
    expect([code, data.files]).toEqual([
      1,
      [expect.stringMatching(/gate\.sarif$/), expect.stringMatching(/gate\.xml$/)],
    ]);
    expect(isValid(log) ? [] : isValid.errors).toEqual([]);
    expect(log.runs.map(({ tool, results = [] }) => [tool.driver.name, results.map(({ ruleId }) => ruleId)])).toEqual([
      ["evenkeel gate", ["no-public-storage"]],
      ["Checkov", ["CKV_AWS_21"]],
    ]);
    const [result] = log.runs[0]?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("evenkeel.config.ts");
    expect(result?.partialFingerprints).toEqual({
      "evenkeelGate/v1": "prod-edge/aws_s3_bucket_acl.site/no-public-storage",
    });
    // The schema does refuse something.
    expect(isValid({ ...log, runs: [{ results: [] }] })).toBe(false);
  });

  test("is as valid for audits, which share the writer", () => {
    const [entry, name] = ["services/orders/handler.ts", "odd"];
    const packages = [{ name, version: "1.0.0", licence: "GPL-3.0", integrity: null, folder: "/app/node_modules/odd" }];
    const licences = reviewLicences(usedPackages([{ entry, packages }]), auditConfig.parse({}).licences);
    const log = auditSarif("1.2.3", licences, undefined);
    expect(log.runs[0]?.results).toHaveLength(1);
    expect(isValid(JSON.parse(JSON.stringify(log))) ? [] : isValid.errors).toEqual([]);
  });

  test("as JUnit has a suite for each scanner, a case for each gate that passed and for each finding", async () => {
    const { junit } = await written();
    const suites = [
      ...junit.matchAll(/<testsuite name="([^"]*)" tests="(\d+)" failures="(\d+)"[^>]*>(.*?)<\/testsuite>/gs),
    ];
    expect(suites.map(([, name, , failures]) => [name, failures])).toEqual([
      ["evenkeel gate", "1"],
      ["Checkov", "1"],
    ]);
    for (const [, , tests, failures, cases = ""] of suites) {
      expect(cases.match(/<testcase /g)).toHaveLength(Number(tests));
      expect(cases.match(/<failure /g)).toHaveLength(Number(failures));
    }
    expect([...junit.matchAll(/<failure [^>]*type="([^"]*)"/g)].map(([, type]) => type)).toEqual([
      "no-public-storage",
      "CKV_AWS_21",
    ]);
    expect(isWellFormed(junit)).toBe(true);
    // What was not asked for has not passed.
    const skipped = [...junit.matchAll(/classname="([a-z-]+)"[^>]*><skipped message="not asked for"/g)];
    expect(skipped.map(([, gate]) => gate)).toEqual([...onRequest]);
    expect(junit).toContain('classname="no-data-loss"');
  });
});

describe("What is asked of gate", () => {
  const services = (region: string) => {
    const address = `aws_lambda_function.in-${region}`;
    return plan([
      update(
        address,
        { memory_size: 128, arn: `arn:aws:lambda:${region}:111111111111:function:a` },
        {
          memory_size: 256,
          arn: `arn:aws:lambda:${region}:111111111111:function:a`,
        },
      ),
    ]);
  };
  const rules = async (...asked: Parameters<typeof check>) =>
    (await check(...asked)).data.violations.map(({ rule, stack }) => `${rule} ${stack}`);

  test("is one region in a wave, and tags, only with the options", async () => {
    const both = {
      "prod-services-eu-west-1": services("eu-west-1"),
      "prod-services-eu-central-1": services("eu-central-1"),
    };
    expect(await rules(both, { firstDeployment: false })).toEqual([]);
    expect(await rules(both, { firstDeployment: false, wave: true })).toEqual([
      "one-region-per-wave prod-services-eu-central-1",
    ]);
    const role = { "prod-edge": plan([change("aws_iam_role.a", ["create"], { after: { tags: { Owner: "shop" } } })]) };
    expect(await rules(role)).toEqual([]);
    expect(await rules(role, { requireTags: "Owner" })).toEqual([]);
    expect(await rules(role, { requireTags: "Owner, CostCentre" })).toEqual(["required-tags prod-edge"]);
  });

  test("is a limit of costs, by the estimate of the environment; it says what is not counted", async () => {
    const costsOf = plannedCosts(project.environments);
    const key = "aws_kms_key.data_primary";
    const created = plan([
      change(key, ["create"]),
      change("aws_example.a", ["create"]),
      change("aws_sqs_queue.a", ["update"]),
      change("aws_sqs_queue.b", ["delete"]),
    ]);
    expect(costsOf("sandbox-keys", created)).toEqual({
      usd: 1,
      notCounted: [
        "1 resource of what is created is free, or in no estimate",
        "1 resource is changed in place",
        "1 resource is deleted",
      ],
    });
    expect(costsOf("another", created)).toBeUndefined();
    expect(costsOf("sandbox-keys", plan([change(key, ["delete", "create"])]))?.usd).toBe(0);
    const keys = { "sandbox-keys": plan([change(key, ["create"], { after: {} })]) };
    expect(await rules(keys, { maxCostIncrease: 0.5 })).toEqual(["cost-increase sandbox-keys"]);
    expect(await rules(keys, { maxCostIncrease: 100 })).toEqual([]);
  });

  test("is refused where nothing is known of the costs", () =>
    expect(check({ "other-keys": plan([]) }, { maxCostIncrease: 1 })).rejects.toThrow(
      /--max-cost-increase: the costs of other-keys are not known, as no environment of a project here has such a stack/,
    ));
});
