import { UserError } from "../errors";

/** Terraform or OpenTofu is missing, or one of its commands failed: names the stack and command, with its message. */
export class TerraformError extends UserError {
  override readonly name = "TerraformError";
}
