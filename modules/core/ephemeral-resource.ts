import { TerraformElement, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/**
 * An `ephemeral` block: its value only exists during a run and is stored neither in the plan nor in the state.
 * cdktf does not support these blocks, so this class writes the JSON itself.
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

  /** An expression for an attribute, without the `${}`, for use in write-only arguments. */
  reference(attribute: string): string {
    return `ephemeral.${this.type}.${this.friendlyUniqueId}.${attribute}`;
  }

  override toTerraform(): unknown {
    const block = { provider: this.provider.fqn, ...this.attributes };
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: block } } };
  }
}
