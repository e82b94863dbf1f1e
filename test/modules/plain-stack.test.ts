import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack as PlainStack, TerraformOutput, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  DeploymentStack,
  deploymentStackOf,
  setRoleSettings,
  useProviders,
  useRecordsProvider,
} from "../../modules/core";
import { PlainSettings } from "../../modules/plain-settings";
import { type Simulator, startSimulator } from "../../simulator";
import { readStackFolders, TerraformStack } from "../../terraform";
import { testApp } from "../support/synth";
import { temporaryFolder } from "../support/temporary-folder";
import { build as transitKey } from "./vault-transit-key/example";

const minutes = 60_000;
const regions = ["eu-west-1", "eu-central-1", "us-east-1"];
const account = "111111111111";

type Build = (scope: Construct) => void;

/** Those that build nothing, and why. */
const buildNothing = ["core", "recovery-objectives", "service-traffic", "vault-database-role", "vault-login"];
const modules: readonly (readonly [string, Build])[] = readdirSync(resolve("modules"))
  .filter((name) => !buildNothing.includes(name))
  .map((name) => {
    if (name === "vault-transit-key") return [name, transitKey as unknown as Build] as const;
    const file = join(__dirname, name, "every-option.ts");
    if (!existsSync(file)) throw new Error(`${name} has no every-option.ts`);
    return [name, (require(file) as { everyOption: Build }).everyOption] as const;
  });

/** A team's stack, which knows nothing of the toolkit, with its own provider for each region. */
function plainStack(app: App, id = "plain"): PlainStack {
  const stack = new PlainStack(app, id);
  for (const region of regions) new AwsProvider(stack, `aws-${region}`, { region, alias: region });
  return stack;
}

interface Json {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly data?: Json["resource"];
}

const synth = (stack: PlainStack): Json => JSON.parse(Testing.synth(stack)) as Json;

/** What is in a stack, without the ids that it gave. */
const contents = ({ resource = {}, data = {} }: Json): string[] =>
  [resource, data]
    .flatMap((blocks) => Object.entries(blocks))
    .flatMap(([type, byId]) =>
      Object.values(byId).map((attributes) => {
        const text = JSON.stringify(attributes, (key, value) => (key === "//" ? undefined : value));
        return `${type} ${text.replace(/\$\{[^}]*\}|"(?:aws|vault)_[a-z_0-9]+\.[\w.-]+"|assets\/[^"]*/g, "…")}`;
      }),
    )
    .sort();

describe("In a plain TerraformStack", () => {
  test.each(modules)("%s builds what it builds in a DeploymentStack, with the ids of the stack", (_name, build) => {
    const plain = plainStack(testApp());
    build(plain);
    const json = synth(plain);
    const own = new DeploymentStack(testApp(), "own", { regions, account, tags: {} });
    build(own);
    expect(contents(json)).toEqual(contents(synth(own)));
    const ids = Object.values(json.resource ?? {}).flatMap((byId) => Object.keys(byId));
    expect(ids.length).toBeGreaterThan(0);
    // cdktf hashes all but the ids of what is directly in the stack.
    for (const id of ids.filter((name) => name.includes("_"))) expect(id).toMatch(/_[0-9A-F]{8}$/);
    expect(JSON.stringify(json)).not.toContain('"removed"');
  });

  test("a team keeps the ids that it gives itself", () => {
    class OwnIds extends PlainStack {
      protected override allocateLogicalId(element: Parameters<PlainStack["getLogicalId"]>[0]): string {
        return `own_${"node" in element ? element.node.id : element.id}`;
      }
    }
    const stack = new OwnIds(testApp(), "own");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    settings(stack, "value");
    expect(Object.keys(synth(stack).resource?.aws_ssm_parameter ?? {})).toEqual([expect.stringMatching(/^own_/)]);
  });

  const settings = (scope: Construct, value: string, id = "settings") =>
    new PlainSettings(scope, id, {
      config: { settings: { greeting: { value, description: "What is said first" } } },
      path: "/test/orders",
      account,
      regions: ["eu-west-1"],
    });

  test("text of a module arrives as it stands, and that of the team is Terraform's", () => {
    const stack = plainStack(testApp());
    settings(new Construct(stack, "inside"), `\${greeting} %{x}`);
    new TerraformOutput(stack, "own", { value: `\${upper("a")}` });
    const text = Testing.synth(stack);
    expect(text).toContain("$${greeting} %%{x}");
    expect(text).toContain(`"\${upper(\\"a\\")}"`);
  });

  test("roles have the settings of the construct that holds them", () => {
    const stack = plainStack(testApp());
    const boundary = `arn:aws:iam::${account}:policy/boundary`;
    setRoleSettings(stack, { permissionsBoundaryArn: boundary, path: "/team/" });
    modules.find(([name]) => name === "key-rotation")?.[1](stack);
    const roles = Object.values(synth(stack).resource?.aws_iam_role ?? {});
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) expect(role).toMatchObject({ permissions_boundary: boundary, path: "/team/" });
  });

  test("a provider is found by its region, or named, and told where it is missing", () => {
    const stack = new PlainStack(testApp(), "team");
    const providers = () => deploymentStackOf(new Construct(stack, `module-${stack.node.children.length}`)).providers;
    expect(() => providers().in("eu-west-1")).toThrow(
      'team: has no AWS provider for region "eu-west-1", only for none; create one with this region before the modules, or name one with useProviders',
    );
    const first = new AwsProvider(stack, "first", { region: "eu-west-1" });
    const second = new AwsProvider(new Construct(stack, "nested"), "second", { region: "eu-west-1", alias: "second" });
    expect(() => providers().in("eu-west-1")).toThrow(
      'team: has 2 AWS providers for region "eu-west-1"; name the one for modules with useProviders',
    );
    useProviders(stack, { "eu-west-1": second });
    expect(providers().in("eu-west-1")).toBe(second);
    expect(providers().in("eu-west-1")).not.toBe(first);
    expect(providers().regions).toEqual(["eu-west-1"]);
  });

  test("writes records with the provider that is named for them, which is of no region", () => {
    const stack = new PlainStack(testApp(), "team");
    const own = new AwsProvider(stack, "own", { region: "eu-west-1" });
    const providers = () => deploymentStackOf(new Construct(stack, `module-${stack.node.children.length}`)).providers;
    expect(providers().forRecords("eu-west-1")).toBe(own);
    const zones = new AwsProvider(stack, "zones", { region: "eu-west-1", alias: "zones" });
    useRecordsProvider(stack, zones);
    expect(providers().forRecords("eu-west-1")).toBe(zones);
    expect(providers().in("eu-west-1")).toBe(own);
  });
});

describe("A plain TerraformStack with every module", () => {
  const root = temporaryFolder();
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud"), refusals: false });
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "is valid Terraform",
    async () => {
      const app = new App({ outdir: join(root, "output"), stackTraces: false });
      const stack = plainStack(app);
      new LocalBackend(stack, { path: "terraform.tfstate" });
      // The simulated cloud runs no provider of Vault.
      for (const [name, build] of modules) if (name !== "vault-transit-key") build(new Construct(stack, name));
      app.synth();
      const [folder] = readStackFolders(join(root, "output"));
      if (!folder) throw new Error("no stack");
      expect(await new TerraformStack(folder, simulator.env).validate()).toEqual([]);
    },
    5 * minutes,
  );
});
