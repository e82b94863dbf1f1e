import { importFormOf, importIdOf } from "../../identity";
import type { Inventory } from "../inventory/inventory";
import type { Thing } from "../inventory/thing";
import { type Diagnostic, errorDiagnostic, importRequest, importResponse } from "../protocol/messages";
import type { Block, ProviderSchema } from "../protocol/schema";
import { encodeValue, isObject, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { untouchedBy } from "../reads";

/**
 * Answers ImportResourceState: what stands in the region and account of the provider under this id, as a first Read has it, without
 * what no Read returns. Of an id under which nothing stands only the id is known: the read after it finds nothing, and Terraform
 * says that it cannot import a non-existent remote object, as it does with AWS.
 */
export function importResource(request: Buffer, schema: ProviderSchema, scope: Scope, inventory: Inventory): Buffer {
  const { type_name: type, id } = importRequest.decode(request);
  if (importFormOf(type) === undefined) return importResponse.encode({ diagnostics: [unknownForm(type)] });
  const found = inventory.of(type, scope).find((thing) => isCalled(thing, id));
  const block = schema.resource(type);
  const state = found ? asImported(found, block, scope) : { ...emptyOf(block), id };
  return importResponse.encode({ imported_resources: [{ type_name: type, state: encodeValue(state) }] });
}

/** The default bus may be left out. @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_event_rule#import */
function isCalled({ type, state }: Thing, id: string): boolean {
  const own = importIdOf(type, state);
  return own !== undefined && (own === id || (type.startsWith("aws_cloudwatch_event_") && own === `default/${id}`));
}

function asImported({ type, state }: Thing, block: Block, { defaultTags }: Scope): ObjectValue {
  const notRead = new Set([...untouchedBy(type), "timeouts"]);
  const read = { ...emptyOf(block), ...state };
  for (const { name, writeOnly } of block.attributes) if (writeOnly || notRead.has(name)) read[name] = null;
  for (const { name, nesting } of block.blocks) {
    if (notRead.has(name)) read[name] = nesting === "list" || nesting === "set" ? [] : null;
  }
  // Tags that are like the provider's default ones count as these.
  if (isObject(state.tags_all) && "tags" in state) {
    read.tags = Object.fromEntries(Object.entries(state.tags_all).filter(([key, value]) => defaultTags[key] !== value));
  }
  return read;
}

const emptyOf = ({ attributes, blocks }: Block): ObjectValue =>
  Object.fromEntries([
    ...attributes.map(({ name }) => [name, null] as const),
    ...blocks.map(({ name, nesting }) => [name, nesting === "list" || nesting === "set" ? [] : null] as const),
  ]);

const unknownForm = (type: string): Diagnostic =>
  errorDiagnostic(
    "The simulated cloud cannot import",
    `It does not know by which id ${type} is imported. Remove the import, or run Terraform against AWS.`,
  );
