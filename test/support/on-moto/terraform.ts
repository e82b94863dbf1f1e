import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { checkPrerequisites } from "../../../simulator";
import { isolatedFromAws } from "../../../simulator/environment";
import { managedResources, type ResourceOutcome, readState, runTerraform, type State } from "../../../terraform";
import { JsonLog } from "../../../terraform/json-log";

/**
 * The environment of Terraform with the real provider, which sends every call to moto.
 * @param directory absolute, for the CLI configuration
 * @param endpoint of moto
 */
export async function terraformOnMoto(directory: string, endpoint: string): Promise<NodeJS.ProcessEnv> {
  const { terraform, provider } = await checkPrerequisites();
  const folder = join(directory, "provider");
  mkdirSync(folder, { recursive: true });
  symlinkSync(provider, join(folder, basename(provider)));
  const cliConfig = join(directory, "terraform.tfrc");
  writeFileSync(
    cliConfig,
    [
      "disable_checkpoint = true",
      `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(folder)}\n  }\n}\n`,
    ].join("\n"),
  );
  return {
    ...isolatedFromAws(endpoint, "us-east-1"),
    TERRAFORM_BINARY_NAME: terraform.binary,
    TF_CLI_CONFIG_FILE: cliConfig,
    // Terraform and its providers spend less of their time on freeing memory.
    GOGC: "200",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
}

/** Terraform in a folder with a local state. There is no `init`: the provider is given, and there is no other backend. */
export class MotoStack {
  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  async apply(): Promise<void> {
    await this.run("apply", "-auto-approve");
  }

  async destroy(): Promise<void> {
    await this.run("destroy", "-auto-approve");
  }

  /** What an apply would do; it reads everything from moto first. */
  async plan(): Promise<readonly ResourceOutcome[]> {
    return (await this.run("plan")).planned;
  }

  /** The addresses in the state. */
  addresses(): string[] {
    return [...managedResources(this.state()).keys()];
  }

  outputs(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(this.state().outputs).map(([name, { value }]) => [name, value]));
  }

  private state(): State {
    return readState(join(this.folder, "terraform.tfstate"));
  }

  private async run(verb: string, ...options: string[]): Promise<JsonLog> {
    const log = new JsonLog();
    const args = [verb, "-json", "-input=false", ...options];
    const env = { ...process.env, ...this.env };
    const { code, stderr } = await runTerraform(args, { cwd: this.folder, env, onLine: (line) => log.readLine(line) });
    if (code === 0) return log;
    throw new Error([`terraform ${verb} in ${basename(this.folder)} failed:`, ...log.errors, stderr].join("\n"));
  }
}
