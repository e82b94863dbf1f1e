import { TerraformElement, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/**
 * An `ephemeral` block: a value that exists during a run only, and is kept neither in the plan nor in the state.
 * cdktf knows no such blocks, so this writes the JSON.
 * @see https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
export class EphemeralResource extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    private readonly provider: TerraformProvider,
    private readonly attributes: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id);
  }

  /** An attribute as an expression without its delimiters, for write-only arguments. */
  reference(attribute: string): string {
    return `ephemeral.${this.type}.${this.friendlyUniqueId}.${attribute}`;
  }

  override toTerraform(): unknown {
    const block = { provider: this.provider.fqn, ...this.attributes };
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: block } } };
  }
}
