import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { type Plan, type ResourceChange, runTerraform } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";
import { laterReports, type Planned, type Report, type Resources, reports } from "./reports";

let root: string;
let simulator: Simulator;
/** The resources that AWS changed by itself; set between an apply and a plan. */
let drifting: Map<string, object>;

const keyOf = (typeName: string, state: Record<string, unknown>): string =>
  `${typeName} ${state.function_name ?? state.global_cluster_identifier}`;

beforeAll(async () => {
  root = temporaryFolder();
  drifting = new Map();
  simulator = await startSimulator({
    directory: path.join(root, "cloud"),
    // The configurations are about reads, and leave out what they would need beside.
    refusals: false,
    onRead: (typeName, state) => ({ ...state, ...drifting.get(keyOf(typeName, state)) }),
  });
}, 60_000);

afterAll(() => simulator?.stop());

/** All configurations in one root, so that Terraform and the provider run once. */
function write(folder: string, configurations: Resources[]): void {
  const resource: Resources = {};
  for (const configuration of configurations) {
    for (const [typeName, byName] of Object.entries(configuration)) {
      resource[typeName] = { ...resource[typeName], ...byName };
    }
  }
  const provider = (region: string, alias?: string) => ({
    region,
    allowed_account_ids: ["111122223333"],
    ...(alias && { alias }),
  });
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "code.zip"), "code");
  const configuration = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    provider: {
      aws: [provider("eu-west-1"), provider("eu-central-1", "frankfurt"), provider("cn-north-1", "beijing")],
    },
    resource,
  };
  writeFileSync(path.join(root, folder, "main.tf.json"), JSON.stringify(configuration));
}

async function terraform(folder: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...simulator.env, TF_CLI_ARGS: "-no-color" };
  const options = { cwd: path.join(root, folder), env, terraform: simulator.terraform };
  const { code, stdout, stderr } = await runTerraform(args, options);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${stderr}`);
  return stdout;
}

async function planned(folder: string): Promise<Plan> {
  await terraform(folder, "plan", "-out", "plan");
  return JSON.parse(await terraform(folder, "show", "-json", "plan")) as Plan;
}

function actionOf({ change }: ResourceChange): string {
  return change.actions.length > 1 ? "replace" : (change.actions[0] ?? "no-op");
}

/** The top-level attributes that a plan changes. */
function differences({ change }: ResourceChange): string[] {
  const before = (change.before ?? {}) as Record<string, unknown>;
  const after = (change.after ?? {}) as Record<string, unknown>;
  const unknown = (change.after_unknown ?? {}) as Record<string, unknown>;
  return Object.keys({ ...before, ...after, ...unknown }).filter(
    (name) => unknown[name] === true || JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

const addressesOf = (resources: Resources): string[] =>
  Object.entries(resources).flatMap(([typeName, byName]) => Object.keys(byName).map((name) => `${typeName}.${name}`));

const titleOf = ({ title, issue }: Report): string => (issue ? `${title} (provider issue ${issue})` : title);
const named = <R extends Report>(list: R[]): [string, R][] => list.map((report) => [titleOf(report), report]);

/** What a report expects of each of its resources, beside what the plan has. */
function expectPlanned(plan: Plan, report: Report, resources: Resources): void {
  const addresses = addressesOf(resources);
  const changes = (plan.resource_changes ?? []).filter(({ address }) => addresses.includes(address));
  const expected: Record<string, Planned> = Object.fromEntries(addresses.map((address) => [address, "no-op"]));
  expect(Object.fromEntries(changes.map((change) => [change.address, actionOf(change)]))).toEqual({
    ...expected,
    ...report.plan,
  });
  for (const change of changes.filter((change) => actionOf(change) !== "no-op")) {
    expect(differences(change)).toEqual(expect.arrayContaining(report.differs ?? []));
  }
}

describe("A plan right after an apply shows what AWS would make it show:", () => {
  let plan: Plan;

  beforeAll(async () => {
    write(
      "once",
      reports.map(({ resource }) => resource),
    );
    await terraform("once", "init");
    await terraform("once", "apply", "-auto-approve");
    for (const { resource, drift = {} } of reports) {
      for (const [typeName, changes] of Object.entries(drift)) {
        for (const state of Object.values(resource[typeName] ?? {})) {
          drifting.set(keyOf(typeName, state as Record<string, unknown>), changes);
        }
      }
    }
    plan = await planned("once");
  }, 300_000);

  test.each(named(reports))("%s", (_title, report) => expectPlanned(plan, report, report.resource));
});

describe("A plan after a second apply shows what AWS would make it show:", () => {
  let plan: Plan;

  beforeAll(async () => {
    write(
      "later",
      laterReports.map(({ resource }) => resource),
    );
    await terraform("later", "init");
    await terraform("later", "apply", "-auto-approve");
    write(
      "later",
      laterReports.map(({ later }) => later),
    );
    await terraform("later", "apply", "-auto-approve");
    plan = await planned("later");
  }, 300_000);

  test.each(named(laterReports))("%s", (_title, report) => expectPlanned(plan, report, report.later));
});
