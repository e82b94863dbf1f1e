import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { alarmsOf, type Evidence, type EvidenceAlarm, evidenceSchema, partsOf, promotionChecks } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";

const sha = (digit: string): string => digit.repeat(64);
const evidence: Evidence = {
  format: 1,
  environment: "staging",
  bundle: sha("b"),
  commit: "c".repeat(40),
  tree: "7".repeat(40),
  settledAt: "2026-01-31T06:00:00.000Z",
  versions: { evenkeel: "1.0.0", terraform: "1.11.4", node: "v20.20.2" },
  providers: { "hashicorp/aws": "5.100.0" },
  lockFiles: { keys: sha("1"), "services-eu-west-1": sha("1") },
  assets: { "aws_lambda_function.orders_function": [sha("a")] },
  alarms: [{ region: "eu-west-1", name: "staging-orders-errors", state: "OK" }],
  promotedFrom: null,
};
const promoted = {
  tree: evidence.tree,
  dirty: false,
  versions: evidence.versions,
  providers: evidence.providers,
  lockFiles: { ...evidence.lockFiles, "services-eu-central-1": sha("1") },
  assets: evidence.assets,
};
const terms = { from: "staging", withinDays: 7, onlyHere: [] };
const green: readonly EvidenceAlarm[] = evidence.alarms;
const now = new Date("2026-02-02T06:00:00.000Z");

/** What is refused, and why. */
const refused = (
  changes: {
    readonly evidence?: Partial<Evidence> | null;
    readonly promoted?: Partial<Parameters<typeof promotionChecks>[2]>;
    readonly terms?: Partial<Parameters<typeof promotionChecks>[0]>;
    readonly alarms?: readonly EvidenceAlarm[] | string | null;
    readonly now?: Date;
  } = {},
): [string, string][] =>
  promotionChecks(
    { ...terms, ...changes.terms },
    changes.evidence === null ? undefined : { ...evidence, ...changes.evidence },
    { ...promoted, ...changes.promoted },
    changes.alarms === null ? undefined : (changes.alarms ?? green),
    changes.now ?? now,
  ).flatMap(({ check, passed, says }) => (passed ? [] : [[check, says]]));

describe("A promotion", () => {
  test("takes the same files that have settled, with the same versions and code, while no alarm is on", () => {
    expect(refused()).toEqual([]);
    expect(refused({ alarms: null })).toEqual([]);
  });

  test("refuses without evidence, with that of other files or of another environment, and plans that nobody can repeat", () => {
    expect(refused({ evidence: null })).toEqual([
      ["evidence", `these files (tree ${evidence.tree}) have not settled in staging; roll them out there first`],
    ]);
    expect(refused({ evidence: { tree: "8".repeat(40) } })[0]?.[1]).toContain("is of other files: tree 8888");
    expect(refused({ evidence: { environment: "dev" } })[0]?.[1]).toContain("the evidence is of dev");
    expect(refused({ promoted: { dirty: true } })[0]?.[1]).toContain("differ from the commit");
    expect(refused({ promoted: { tree: null } })[0]?.[1]).toContain("no repository");
  });

  test("refuses what has settled too long ago, and in the future", () => {
    expect(refused({ now: new Date("2026-02-08T06:00:00.001Z") })[0]).toEqual([
      "age",
      expect.stringContaining("7 days"),
    ]);
    expect(refused({ now: new Date("2026-02-07T05:59:59Z") })).toEqual([]);
    expect(refused({ now: new Date("2026-01-31T05:59:59Z") })[0]?.[1]).toContain("still to come");
  });

  test("refuses other programs, providers and lock files, each by its name", () => {
    const versions = { ...evidence.versions, terraform: "1.12.0" };
    expect(refused({ promoted: { versions } })).toEqual([
      ["versions", expect.stringContaining("terraform 1.11.4 there, 1.12.0 here")],
    ]);
    expect(refused({ promoted: { providers: { "hashicorp/aws": "5.99.0" } } })[0]?.[0]).toBe("providers");
    expect(refused({ promoted: { lockFiles: { keys: sha("2") } } })).toEqual([
      ["lock files", expect.stringContaining("keys; run `evenkeel locks`")],
    ]);
    expect(refused({ promoted: { lockFiles: { edge: sha("2") } } })[0]?.[1]).toContain("edge");
  });

  test("refuses other code, and functions that only it has unless they are named with a reason", () => {
    const address = "aws_lambda_function.orders_function";
    expect(refused({ promoted: { assets: { [address]: [sha("e")] } } })).toEqual([
      ["assets", `${address} has other code there`],
    ]);
    const own = "aws_lambda_function.warming_function";
    const assets = { ...promoted.assets, [own]: [sha("f")] };
    expect(refused({ promoted: { assets } })[0]?.[1]).toContain(`${own} is only here`);
    const onlyHere = [{ address: own, reason: "warms what only has load here" }];
    expect(refused({ promoted: { assets }, terms: { onlyHere } })).toEqual([]);
  });

  test("refuses while an alarm is on, was on, is gone, or cannot be asked", () => {
    const alarm = { ...(green[0] as EvidenceAlarm), state: "ALARM" as const };
    expect(refused({ alarms: [alarm] })[0]?.[1]).toContain("in ALARM now: staging-orders-errors in eu-west-1");
    expect(refused({ evidence: { alarms: [alarm] } })[0]?.[1]).toContain("were on when it settled");
    expect(refused({ alarms: [] })[0]?.[1]).toContain("no longer there: staging-orders-errors");
    expect(refused({ alarms: "Cannot read alarms." })[0]?.[1]).toMatch(/^Cannot read alarms\. --rely-on-evidence/);
    const unasked = [{ ...alarm, state: null }];
    expect(refused({ evidence: { alarms: unasked } })).toEqual([]);
    expect(refused({ evidence: { alarms: unasked }, alarms: null })[0]?.[1]).toContain(
      "were not asked when it settled",
    );
  });
});

describe("Evidence", () => {
  test("is of versions, lock files, code and alarms of what was rolled out, and of nothing else", () => {
    const output = temporaryFolder("evenkeel-evidence-");
    const files: Readonly<Record<string, string>> = {
      "manifest.json": JSON.stringify({
        stacks: { "dev-services": { name: "dev-services", workingDirectory: "stacks/dev-services", dependencies: [] } },
      }),
      "stacks/dev-services/.terraform.lock.hcl": "locked",
      "stacks/dev-services/assets/orders/code.zip": "code",
      "stacks/dev-services/cdk.tf.json": JSON.stringify({
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
        provider: { aws: [{ alias: "eu-west-1", region: "eu-west-1" }, { region: "eu-north-1" }] },
        resource: {
          aws_lambda_function: {
            orders_function: { filename: "assets/orders/code.zip", environment: { variables: { TOKEN: "hunter2" } } },
          },
          aws_cloudwatch_metric_alarm: {
            a: { alarm_name: "dev-a", provider: "aws.eu-west-1" },
            b: { alarm_name: "dev-b" },
          },
          aws_cloudwatch_composite_alarm: { c: { alarm_name: `${"$"}{made.later}`, provider: "aws.eu-west-1" } },
        },
      }),
    };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(output, path)), { recursive: true });
      writeFileSync(join(output, path), content);
    }
    const parts = partsOf(output, "dev");
    expect(parts).toEqual({
      providers: { "hashicorp/aws": "5.100.0" },
      lockFiles: { services: expect.stringMatching(/^[0-9a-f]{64}$/) },
      assets: { "aws_lambda_function.orders_function": [expect.stringMatching(/^[0-9a-f]{64}$/)] },
    });
    expect(alarmsOf(output)).toEqual(
      new Map([
        ["eu-west-1", ["dev-a"]],
        ["eu-north-1", ["dev-b"]],
      ]),
    );
    expect(JSON.stringify(evidenceSchema.parse({ ...evidence, ...parts }))).not.toContain("hunter2");
  });
});
