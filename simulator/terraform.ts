import spawn from "cross-spawn";

export interface TerraformOptions {
  /** The folder with the configuration. */
  cwd: string;
  /** The whole environment of the process. */
  env: NodeJS.ProcessEnv;
  /** Terraform's program; by default what `TERRAFORM_BINARY_NAME` names, else `terraform`. */
  terraform?: string;
}

export interface TerraformResult {
  /** Exit code; 1 when a signal ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs Terraform in a folder and waits; a failure is a code, not an exception. */
export async function runTerraform(args: string[], options: TerraformOptions): Promise<TerraformResult> {
  const command = options.terraform ?? (options.env.TERRAFORM_BINARY_NAME || "terraform");
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
