import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import sandbox from "../../environments/sandbox";
import { promote } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import { DeploymentError, deploy } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;

/** The sandbox with one table and without services: keys and data show what happens to all of it. */
const base: EnvironmentInput = {
  ...sandbox.input,
  stage: "optimization",
  eventBuses: [],
  services: [],
  tables: sandbox.input.tables?.slice(0, 1),
};
const home = "eu-west-1";

/** What becomes of regions that a deployed environment no longer has. */
describe("A deployed environment", () => {
  const root = temporaryFolder();
  let simulator: Simulator;
  let count = 0;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** Synthesizes the environment. @param state folder of its state files: which of the deployed ones it is */
  function synthesized(state: string, change: Partial<EnvironmentInput>): string {
    count += 1;
    const outdir = join(root, String(count));
    const app = new App({ outdir });
    const localStateDirectory = relative(process.cwd(), join(root, state));
    buildStacks(app, defineEnvironment({ ...base, ...change }).resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  }

  /** Deploys the environment, and then changes it. @returns the error of the promotion, or its violations */
  async function changed(
    state: string,
    before: Partial<EnvironmentInput>,
    after: Partial<EnvironmentInput>,
  ): Promise<string> {
    const { env } = simulator;
    const from = synthesized(state, before);
    await deploy({ output: from, env });
    const to = synthesized(state, after);
    return promote({ from, to, env }).then(
      (promotions) =>
        promotions
          .flatMap(({ violations }) => violations)
          .map(({ rule, address, message }) => `${rule} ${address}: ${message}`)
          .join("\n"),
      (error: unknown) => {
        if (!(error instanceof DeploymentError)) throw error;
        return error.message;
      },
    );
  }

  const inFrankfurt =
    /eu-central-1: \d+ resources; of these hold data or keys: .*aws_kms_replica_key\.data_replica-eu-central-1/;
  const advice = /Restore the home region, the standby regions and the stage .*\n.*docs\/regions\.md/;

  test.each<[string, Partial<EnvironmentInput>]>([
    ["another standby region", { regions: { home, standby: ["eu-west-2"] } }],
    ["a lower stage", { stage: "foundation" }],
  ])(
    "refuses %s before anything is changed, naming the region and what holds data there",
    async (title, after) => {
      const said = await changed(title.replaceAll(" ", "-"), {}, after);
      expect(said).toMatch(/^sandbox-keys: terraform plan .* failed:\nThe state has resources in regions that/);
      expect(said).toMatch(inFrankfurt);
      expect(said).toMatch(advice);
      expect(said).not.toContain("Provider configuration not present");
    },
    3 * minutes,
  );

  test(
    "refuses home and standby swapped, at foundation where nothing is replicated",
    async () => {
      const swapped: Partial<EnvironmentInput> = {
        stage: "foundation",
        regions: { home: "eu-central-1", standby: [home] },
      };
      const said = await changed("swapped", { stage: "foundation" }, swapped);
      expect(said).toMatch(
        /sandbox-keys: .*\n.*\n\s+eu-west-1: \d+ resources; of these hold data or keys: .*data_primary/,
      );
      expect(said).toMatch(advice);
    },
    3 * minutes,
  );

  test(
    "refuses another address range for the network of a database, with every address that would be replaced",
    async () => {
      const network = (cidrBlock: string): Partial<EnvironmentInput> => ({
        stage: "foundation",
        tables: [],
        databases: [
          {
            name: "ledger",
            cluster: {
              engineVersion: "16.6",
              databaseName: "ledger",
              capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 2 },
            },
            network: { cidrBlock, gatewayEndpoints: ["dynamodb"], interfaceEndpoints: ["xray"] },
            users: ["ledger_service"],
          },
        ],
      });
      const said = await changed("network", network("10.64.0.0/20"), network("10.72.0.0/20"));
      const refused = said.split("\n").map((line) => line.split(":")[0]);
      const at = "ledger_network-eu-west-1_private";
      expect(refused).toEqual(
        expect.arrayContaining([
          `no-outage aws_vpc.${at}_vpc`,
          ...["a", "b", "c"].map((zone) => `no-outage aws_subnet.${at}_subnet-${zone}`),
          ...["dynamodb", "xray"].map((service) => `no-outage aws_vpc_endpoint.${at}_endpoint-${service}`),
          expect.stringMatching(/^no-outage aws_security_group\./),
        ]),
      );
      expect(said).toContain("would be replaced because cidr_block changes; it is the network of everything in it");
    },
    3 * minutes,
  );
});
