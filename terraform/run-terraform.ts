import { type ProcessResult, type RunOptions, runProcess } from "./process";
import { programName } from "./program";

export interface TerraformOptions extends Omit<RunOptions, "shell"> {
  /** The folder with the configuration. */
  readonly cwd: string;
  /** Path of Terraform's or OpenTofu's program; by default what `TERRAFORM_BINARY_NAME` names, else `terraform`. */
  readonly terraform?: string;
}

export type TerraformResult = ProcessResult;

/** Runs Terraform or OpenTofu in a folder and waits; a failure is a result, not an exception. */
export function runTerraform(args: readonly string[], options: TerraformOptions): Promise<TerraformResult> {
  const { terraform = programName(options.env), ...rest } = options;
  return runProcess(terraform, args, rest);
}
