import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { addressPart } from "./address-part";

/**
 * Remembers the type that a key attribute was created with, and fails every plan that changes it.
 *
 * DynamoDB never changes an attribute's type, and the provider plans such a change as no change at all: table and
 * configuration would differ for ever without a word. So the first type is kept in the state, and compared.
 */
export function rememberAttributeType(scope: Construct, table: DynamodbTable, name: string, type: string): void {
  // Not cdktf's DataResource: that one runs `terraform version` at every synthesis, once for each instance.
  const recorded = new TerraformResource(scope, `attribute-${addressPart(name)}`, {
    terraformResourceType: "terraform_data",
    lifecycle: {
      // Keeps what was recorded at first, so that the output is what the table has.
      ignoreChanges: ["input"],
      // A replaced table starts anew.
      replaceTriggeredBy: [`${table.terraformResourceType}.${table.friendlyUniqueId}.id`],
      postcondition: [
        {
          condition: `\${self.output.type == ${JSON.stringify(type)}}`,
          errorMessage: `The type of the key attribute "${name}" never changes: the configuration says ${type}, the table was created with another type. Set the old type again, or use an attribute with another name.`,
        },
      ],
    },
  });
  recorded.addOverride("input", { type });
}
