import { UserError } from "../errors";

/** Terraform or OpenTofu that is missing, or a command of it that failed: the stack, the command and its own words. */
export class TerraformError extends UserError {
  override readonly name = "TerraformError";
}
