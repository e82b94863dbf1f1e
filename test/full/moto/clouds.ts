import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startSimulator } from "../../../simulator";
import { isolatedFromAws } from "../../../simulator/environment";
import { checkPrerequisites } from "../../../simulator/prerequisites";
import { type Json, runTerraform, type StackJson } from "../../../terraform";
import { startMoto } from "../../support/moto";
import { temporaryFolder } from "../../support/temporary-folder";

/** A cloud that Terraform applies a configuration to. */
export interface Cloud {
  /** `moto` or `the simulated cloud`, as messages name it. */
  readonly name: string;
  /**
   * Applies a configuration of one file, as far as it goes.
   * @param root Name of the folder that keeps the state; a second apply there starts from what the first has left.
   */
  apply(configuration: StackJson, root?: string): Promise<Applied>;
  stop(): Promise<void>;
}

/** What became of an apply. */
export interface Applied {
  /** Terraform's errors by the address that they are about; by their first line where Terraform names none, as for deletions. */
  readonly errors: ReadonlyMap<string, string>;
  /** The attributes in the state, by address. */
  readonly states: ReadonlyMap<string, Json>;
}

/** The account of moto, and of the provider configurations that are compared. */
export const account = "123456789012";
const region = "us-east-1";

/** Most calls to moto wait for something: for a while that the provider prescribes, or for a state that it asks for again. */
const parallelism = 60;

/** moto behind the real provider, which Terraform starts itself: nothing of the simulated cloud takes part. */
export async function startMotoCloud(): Promise<Cloud> {
  const { provider, terraform } = await checkPrerequisites();
  const moto = await startMoto({ MOTO_IAM_LOAD_MANAGED_POLICIES: "true" });
  if (!moto) throw new Error("moto is not installed; tests that need it have to be skipped");
  const directory = temporaryFolder("moto-");
  const cliConfig = join(directory, "terraform.tfrc");
  // An override needs no installation, and so no `terraform init`.
  const overrides = `dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(dirname(provider))}\n  }`;
  writeFileSync(
    cliConfig,
    `disable_checkpoint = true\nprovider_installation {\n  ${overrides}\n  filesystem_mirror {\n    path = ${JSON.stringify(directory)}\n  }\n}\n`,
  );
  const env = {
    ...isolatedFromAws(moto.endpoint, region),
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_REATTACH_PROVIDERS: undefined,
  };
  return {
    name: "moto",
    apply: applier(directory, terraform.binary, env),
    stop: () => moto.stop(),
  };
}

/** The simulated cloud, empty. */
export async function startSimulatedCloud(): Promise<Cloud> {
  const directory = temporaryFolder("simulated-");
  const simulator = await startSimulator({ directory: join(directory, "cloud"), account });
  return {
    name: "the simulated cloud",
    apply: applier(directory, simulator.terraform, simulator.env),
    stop: () => simulator.stop(),
  };
}

/**
 * How long an apply may go on without news, in milliseconds: then the provider waits for what never comes. It is interrupted,
 * and its errors name what it waited for.
 */
const patience = 6 * 60_000;

function applier(directory: string, terraform: string, cloud: NodeJS.ProcessEnv): Cloud["apply"] {
  return async (configuration, root = "root") => {
    const cwd = join(directory, root);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "cdk.tf.json"), JSON.stringify(configuration));
    const errors = new Map<string, string>();
    const stuck = new AbortController();
    const interrupt = () => stuck.abort();
    let waiting = setTimeout(interrupt, patience);
    const onLine = (line: string) => {
      if (!line.includes('"type":"apply_progress"')) {
        clearTimeout(waiting);
        waiting = setTimeout(interrupt, patience);
      }
      const { address, text } = errorIn(line) ?? {};
      if (address !== undefined) errors.set(address, [errors.get(address), text].filter(Boolean).join("\n"));
    };
    const env = { ...process.env, ...cloud };
    const args = ["apply", "-auto-approve", "-json", "-input=false", `-parallelism=${parallelism}`];
    const { code, stderr, stdout } = await runTerraform(args, { cwd, env, terraform, onLine, signal: stuck.signal });
    clearTimeout(waiting);
    if (code !== 0 && errors.size === 0) throw new Error(`terraform ended with code ${code}: ${stderr || stdout}`);
    return { errors, states: statesIn(join(cwd, "terraform.tfstate")) };
  };
}

/** @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui#diagnostic */
function errorIn(line: string): { address: string; text: string } | undefined {
  if (!line.startsWith("{")) return undefined;
  const { diagnostic } = JSON.parse(line) as {
    diagnostic?: Record<"severity" | "address" | "summary" | "detail", string>;
  };
  if (diagnostic?.severity !== "error") return undefined;
  const { summary, address = summary, detail } = diagnostic;
  return { address, text: [summary, detail].filter(Boolean).join("\n") };
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Json; readonly status?: string }[];
  }[];
}

/** The attributes of each resource that was created as a whole, from a state file of format 4. */
function statesIn(file: string): Map<string, Json> {
  // There is none where the plan has failed.
  if (!existsSync(file)) return new Map();
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as StateFile;
  return new Map(
    resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances
          .filter(({ status }) => status === undefined)
          .map(({ attributes }): [string, Json] => [`${type}.${name}`, attributes]),
      ),
  );
}
