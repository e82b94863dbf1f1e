import { join, relative } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { App, LocalBackend, TerraformStack as PlainStack } from "cdktf";
import { defineEnvironment, type Stage } from "../../config";
import sandbox from "../../environments/sandbox";
import { promote } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import {
  deploy,
  destroy,
  managedChanges,
  readStackFolders,
  readSynthesizedStacks,
  TerraformStack,
} from "../../terraform";
import { unprotected, writeStack } from "../../testing/protection";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const { account } = sandbox.input;
const networkAccount = "999999999999";
const recordsRoleArn = `arn:aws:iam::${networkAccount}:role/records`;
const [shipments] = (sandbox.input.services ?? []).filter(({ name }) => name === "shipments");
if (!shipments) throw new Error("the sandbox has shipments");

const api = {
  routes: { "GET /health": { authorization: "NONE" } },
  throttle: { rateLimit: 20, burstLimit: 40 },
} as const;

/** A service with a domain, and one behind a distribution, both in a zone of the network's account. */
const environmentIn = (hostedZoneId: string, more: object = { hostedZones: { recordsRoleArn } }) =>
  defineEnvironment({
    name: "zoned",
    description: "Has its DNS zones in the account of the network",
    stage: "foundation",
    disposable: true,
    account,
    deployRoleArn: `arn:aws:iam::${account}:role/deploy`,
    regions: sandbox.input.regions,
    state: { backend: "local" },
    alerts: sandbox.input.alerts,
    services: [
      { name: "orders", function: shipments.function, api: { ...api, domainName: "orders.example.com" }, hostedZoneId },
      {
        name: "shop",
        function: shipments.function,
        api,
        edge: {
          distribution: { aliases: ["shop.example.com"], defaultBehavior: { methods: "read" } },
          hostedZoneId,
          firewall: { scope: "CLOUDFRONT" },
        },
      },
    ],
    spendGuard: sandbox.input.spendGuard,
    ...more,
  });

describe("An environment with its hosted zones in another account", () => {
  const root = temporaryFolder();
  const localStateDirectory = relative(process.cwd(), join(root, "state"));
  let simulator: Simulator;
  let zoneId: string;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
    const output = join(root, "network");
    const app = new App({ outdir: output });
    const network = new PlainStack(app, "network");
    new LocalBackend(network, { path: join(root, "network.tfstate") });
    const provider = new AwsProvider(network, "aws", {
      region: "eu-west-1",
      assumeRole: [{ roleArn: recordsRoleArn }],
    });
    new Route53Zone(network, "zone", { provider, name: "example.com" });
    app.synth();
    await deploy({ output, env: simulator.env });
    const [zone] = simulator.inventory.all();
    zoneId = String(zone?.state.zone_id);
  }, 2 * minutes);
  afterAll(() => simulator?.stop());

  const outputAt = (stage: Stage): string => {
    const outdir = join(root, stage);
    const app = new App({ outdir });
    buildStacks(app, environmentIn(zoneId).resolve({ stage, localStateDirectory }));
    app.synth();
    return outdir;
  };
  const stacksIn = (output: string) =>
    readStackFolders(output).map((stack) => new TerraformStack(stack, simulator.env));
  const accountsOf = (type: RegExp) =>
    new Set(
      simulator.inventory
        .all()
        .filter((thing) => type.test(thing.type))
        .map(({ place }) => place.account),
    );
  const expectSettled = async (output: string) => {
    for (const stack of stacksIn(output)) expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
  };

  test(
    "is deployed with its records in that account and everything else in its own, and settles",
    async () => {
      const output = outputAt("foundation");
      await deploy({ output, env: simulator.env });
      await expectSettled(output);
      expect(accountsOf(/^aws_route53_(record|zone)$/)).toEqual(new Set([networkAccount]));
      expect(accountsOf(/^(?!aws_route53_(record|zone)$)/)).toEqual(new Set([account]));
    },
    6 * minutes,
  );

  test(
    "is promoted to records that fail over by health checks of its own account",
    async () => {
      const [from, to] = [join(root, "foundation"), outputAt("optimization")];
      const promotions = await promote({ from, to, env: simulator.env });
      expect(promotions.flatMap(({ violations }) => violations)).toEqual([]);
      await expectSettled(to);
      expect(accountsOf(/^aws_route53_(record|zone)$/)).toEqual(new Set([networkAccount]));
      expect(accountsOf(/^aws_route53_health_check$/)).toEqual(new Set([account]));
    },
    8 * minutes,
  );

  test(
    "is destroyed to nothing but the zone",
    async () => {
      const output = join(root, "optimization");
      for (const stack of readSynthesizedStacks(output)) writeStack(stack, unprotected(stack.terraform));
      await deploy({ output, env: simulator.env });
      await destroy({ output, env: simulator.env });
      expect(simulator.inventory.all().map(({ type }) => type)).toEqual(["aws_route53_zone"]);
    },
    6 * minutes,
  );
});

describe("The role for records, set on an environment that is deployed", () => {
  const root = temporaryFolder();
  const localStateDirectory = relative(process.cwd(), join(root, "state"));
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
    await deploy({ output: outputOf("before", {}), env: simulator.env });
  }, 4 * minutes);
  afterAll(() => simulator?.stop());

  /** Without the edge, which takes longest. */
  const outputOf = (folder: string, hostedZones: object) => {
    const outdir = join(root, folder);
    const app = new App({ outdir });
    const environment = environmentIn("Z0EXAMPLE", { hostedZones });
    const [orders] = environment.input.services ?? [];
    const alone = defineEnvironment({ ...environment.input, services: orders ? [orders] : [] });
    buildStacks(app, alone.resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  };
  const changesOf = async (output: string) => {
    const stacks = readStackFolders(output).filter(({ name }) => /-(services-eu-west-1|routing)$/.test(name));
    const plans = await Promise.all(stacks.map((stack) => new TerraformStack(stack, simulator.env).plan()));
    return plans.flatMap((plan) =>
      managedChanges(plan)
        .map(({ type, change }) => `${change.actions} ${type}`)
        .filter((change) => !change.startsWith("no-op ")),
    );
  };

  test(
    "changes nothing if the zone is in its account",
    async () => {
      const sameAccount = { recordsRoleArn: `arn:aws:iam::${account}:role/records` };
      expect(await changesOf(outputOf("same", sameAccount))).toEqual([]);
    },
    2 * minutes,
  );

  test(
    "looks for the records in the other account, and would create them there",
    async () => {
      // A zone that the simulated cloud does not know is taken to be there; AWS would deny the role to read it.
      const changes = await changesOf(outputOf("other", { recordsRoleArn }));
      expect(changes.filter((change) => change.endsWith("aws_route53_record"))).toEqual([
        "create aws_route53_record",
        "create aws_route53_record",
      ]);
    },
    2 * minutes,
  );
});
