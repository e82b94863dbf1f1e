import { TerraformDataSource, type TerraformElement, TerraformResource } from "cdktf";
import { asEngineHas, Fragment, joinsFragments, whileJoining } from "./fragment";
import { isLiteralName, isPlain } from "./may-be-token";

/** What the engine reads of resources and data sources. */
interface Rendered {
  readonly friendlyUniqueId: string;
  readonly terraformResourceType: string;
  readonly terraformMetaArguments: Readonly<Record<string, unknown>>;
  readonly constructNodeMetadata: unknown;
  readonly rawOverrides: object;
  readonly provisioners?: unknown;
  readonly _imported?: unknown;
  hasResourceMove?(): unknown;
  synthesizeAttributes(): Readonly<Record<string, unknown>>;
}

let isDirect = false;

/**
 * Renders resources and data sources that have nothing unusual, which are almost all, without the engine's copies of their arguments
 * and without its conversion of names that are always the same.
 */
export function renderDirectly(): void {
  if (isDirect) return;
  isDirect = true;
  replace(TerraformResource.prototype, "resource");
  replace(TerraformDataSource.prototype, "data");
}

function replace(prototype: TerraformElement, kind: Fragment["kind"]): void {
  const byEngine = prototype.toTerraform;
  const direct = function (this: TerraformElement) {
    const isJoined = joinsFragments() && this.toTerraform === direct;
    const fragment = whileJoining(false, () => usualFragment(this as unknown as Rendered, kind));
    if (!fragment) return byEngine.call(this);
    return isJoined && isLiteralName(fragment.name) ? asEngineHas(fragment) : fragment.toEngine();
  };
  prototype.toTerraform = direct;
}

function usualFragment(element: Rendered, kind: Fragment["kind"]): Fragment | undefined {
  const values = usualArguments(element);
  return values && new Fragment(kind, element.terraformResourceType, element.friendlyUniqueId, values);
}

/** Arguments that the engine writes itself, or takes away if they are not given. */
const reserved: ReadonlySet<string> = new Set([
  "//",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "connection",
  "provisioner",
]);

/** The arguments of an element; undefined if it has what only the engine knows to render. */
function usualArguments(element: Rendered): Record<string, unknown> | undefined {
  const { rawOverrides, provisioners, _imported: imported } = element;
  if (Object.keys(rawOverrides).length > 0 || provisioners || imported || element.hasResourceMove?.()) return undefined;
  const given = element.terraformMetaArguments;
  for (const name in given)
    if (given[name] !== undefined && name !== "dependsOn" && name !== "provider") return undefined;
  const own = element.synthesizeAttributes();
  for (const name in own) if (reserved.has(name) || hasDynamicBlock(own[name])) return undefined;
  // In the literal itself, V8 would make a shape for each of these objects.
  const values: Record<string, unknown> = { ...own };
  values.depends_on = given.dependsOn;
  values.provider = given.provider;
  values["//"] = element.constructNodeMetadata;
  return values;
}

/** By which the engine recognizes dynamic blocks. */
const dynamicBlock = "toTerraformDynamicBlockJson";

/** Where the engine looks for them. */
function hasDynamicBlock(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (!isPlain(value)) {
    if (dynamicBlock in value) return true;
    if (value.constructor !== Object) return false;
  }
  for (const name in value) {
    if (name === dynamicBlock || hasDynamicBlock((value as Record<string, unknown>)[name])) return true;
  }
  return false;
}
