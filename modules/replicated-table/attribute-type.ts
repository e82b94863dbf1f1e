import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { addressPart } from "./address-part";

/**
 * Records the type that a key attribute was created with, and fails every plan that changes it.
 *
 * DynamoDB cannot change an attribute's type, and the provider does not plan such a change, so table and configuration
 * would silently differ. So the original type is kept in the state and compared.
 */
export function rememberAttributeType(scope: Construct, table: DynamodbTable, name: string, type: string): void {
  // Not cdktf's DataResource, which runs `terraform version` in every synthesis, once per instance.
  const recorded = new TerraformResource(scope, `attribute-${addressPart(name)}`, {
    terraformResourceType: "terraform_data",
    lifecycle: {
      // Keeps the originally recorded type, so that the output matches the table.
      ignoreChanges: ["input"],
      // A replaced table starts over.
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
