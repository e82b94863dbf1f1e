import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, startCloud } from "../../testing";
import { temporaryFolder } from "../support/temporary-folder";

/** An app of a team: one stack, whose state is a file of its own. */
const app = (state: string) => `
const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const folder = join("stacks", "team-own");
mkdirSync(join(process.env.CDKTF_OUTDIR, folder), { recursive: true });
const terraform = { backend: { local: { path: ${JSON.stringify(state)} } } };
const stack = { terraform, resource: { terraform_data: { mark: { input: "a" } } } };
writeFileSync(join(process.env.CDKTF_OUTDIR, folder, "cdk.tf.json"), JSON.stringify(stack));
const stacks = { "team-own": { name: "team-own", workingDirectory: folder, dependencies: [] } };
writeFileSync(join(process.env.CDKTF_OUTDIR, "manifest.json"), JSON.stringify({ stacks }));
`;

describe("A stack of a team in the cloud of a test", () => {
  const folder = temporaryFolder();
  const state = join(folder, "real.tfstate");
  const environment = { name: "team", toolkit: { gates: [], dataHoldingTypes: {} }, acknowledgedRemovals: [] } as never;
  let cloud: Cloud;

  beforeAll(async () => {
    const script = join(folder, "app.js");
    writeFileSync(script, app(state));
    cloud = await startCloud({ app: `"${process.execPath}" "${script}"`, directory: join(folder, "cloud") });
  });
  afterAll(() => cloud.stop());

  test("has a state of the cloud in place of its own", async () => {
    const [report] = await cloud.deploy(environment);
    expect(report).toMatchObject({ stack: "team-own", applied: true });
    await cloud.expectNoChanges(environment);
    expect(existsSync(state)).toBe(false);
    await cloud.destroy(environment);
    expect(existsSync(state)).toBe(false);
  });
});
