import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformElement, type TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { isAvailable, nearestWith } from "../../values/availability";
import { ConstructError } from "./construct-error";
import { preparesAsKnown } from "./direct-literals";
import { prepareDirectly } from "./direct-preparation";
import { kebabCase } from "./fields";
import { keepLiterals } from "./literal-text";
import { isMarked, mark } from "./mark";
import { type ModuleStack, PlainStack } from "./plain-stack";
import { RegionalProviders, type RegionalProvidersProps } from "./regional-providers";
import { keepRendered } from "./rendered";
import { type RoleSettings, setRoleSettings } from "./role-settings";
import { checkNamesOf } from "./unique-names";
import { checkValuesOf } from "./value-error";
import { writeWildcardsOf } from "./wildcards";

/** Supported Terraform versions. 1.11 introduced write-only arguments, which keep passwords out of the state. */
export const terraformVersions = ">= 1.11.0, < 2.0.0";

export interface DeploymentStackProps extends RegionalProvidersProps {
  /** Path and permissions boundary of every role in the stack. */
  readonly roles?: RoleSettings;
}

/**
 * One Terraform state, with pinned Terraform and provider versions, one provider per region and readable addresses.
 *
 * A resource's address is the path of its construct ids joined by `_`. Ids are kebab-case, so the path can be read back
 * from the address. If two constructs would still share an address, synthesis fails (cdktf would silently drop one). It
 * also fails if resources of any stacks of the app would be one thing in AWS, if a region lacks one of
 * them, or if they have values that AWS does not take.
 *
 * Text in arguments arrives as it stands, `${` included: an expression is a token of cdktf, or `terraformExpression`.
 */
export class DeploymentStack extends TerraformStack implements ModuleStack {
  /** The AWS provider for each region that this stack uses. */
  readonly providers: RegionalProviders;
  private readonly pathsById = new Map<string, string>();
  private readonly forgotten: string[] = [];

  constructor(scope: Construct, id: string, props: DeploymentStackProps) {
    super(scope, id);
    mark(this, kind);
    this.stateTargets();
    this.providers = new RegionalProviders(this, props);
    setRoleSettings(this, props.roles ?? {});
    this.addOverride("terraform.required_version", terraformVersions);
    this.node.addValidation({ validate: () => this.resourcesWithoutRegion() });
    this.node.addValidation({ validate: () => this.addressesGivenTwice() });
    this.node.addValidation({ validate: () => this.resourcesNotInTheirRegion() });
    checkNamesOf(this);
    checkValuesOf(this);
    writeWildcardsOf(this);
  }

  /** cdktn refuses what older versions lack, by default those from Terraform 1.5 on. cdktf does not ask. */
  private stateTargets(): void {
    if (this.node.tryGetContext(targetVersions) !== undefined) return;
    const range = terraformVersions.replace(",", "");
    this.node.setContext(targetVersions, { terraform: range, opentofu: range });
  }

  /**
   * Takes a resource that earlier versions made out of the state, and leaves it in AWS with what it holds.
   * @param ids the path of construct ids, below a scope, that it had
   * @see https://developer.hashicorp.com/terraform/language/block/removed
   */
  forget(type: string, scope: Construct, ...ids: string[]): void {
    const path = scope.node.scopes.slice(scope.node.scopes.indexOf(this) + 1).map(({ node }) => node.id);
    this.forgotten.push(`${type}.${[...path, ...ids].join("_")}`);
    this.addOverride(
      "removed",
      this.forgotten.map((from) => ({ from, lifecycle: [{ destroy: false }] })),
    );
  }

  override prepareStack(): void {
    if (!preparesAsKnown()) {
      super.prepareStack();
      return;
    }
    this.ensureBackendExists();
    prepareDirectly(this);
  }

  /** Kept, as rendering takes most of the time of synthesis and the checks of names and values read the same. */
  override toTerraform(): unknown {
    for (const element of this.node.findAll()) {
      if (TerraformElement.isTerraformElement(element)) keepLiterals(element);
    }
    const terraform = super.toTerraform();
    keepRendered(this, terraform);
    return terraform;
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const id = this.logicalId(element, node);
    const taken = this.pathsById.get(id);
    if (taken !== undefined && taken !== node.path) {
      throw new ConstructError(this, `${taken} and ${node.path} would share the address "${id}"`, "rename one of them");
    }
    this.pathsById.set(id, node.path);
    return id;
  }

  private logicalId(element: TerraformElement | Node, node: Node): string {
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    // Elements that cdktf names (cross-stack outputs, remote states) keep cdktf's hashed form.
    return ids.every((id) => kebabCase.test(id)) ? ids.join("_") : super.allocateLogicalId(element);
  }

  /** Ids that `overrideLogicalId` sets are not allocated, and cdktf merges two resources of one address into one. */
  private addressesGivenTwice(): string[] {
    const paths = new Map<string, string>();
    return this.node.findAll().flatMap((node) => {
      if (!TerraformResource.isTerraformResource(node)) return [];
      const address = `${node.terraformResourceType}.${node.friendlyUniqueId}`;
      const taken = paths.get(address);
      paths.set(address, node.node.path);
      return taken === undefined
        ? []
        : `${taken} and ${node.node.path}: share the address ${address}, so that only one of them would be built; override the id of neither, or of both with different ones`;
    });
  }

  /** Rules find what environments need; this is for what capabilities and stacks of a team add. */
  private resourcesNotInTheirRegion(): string[] {
    return this.node.findAll().flatMap((node) => {
      if (!TerraformResource.isTerraformResource(node) || !node.provider?.alias) return [];
      const { terraformResourceType: type, provider } = node;
      const { region = provider.alias ?? "" } = provider as AwsProvider;
      if (isAvailable(type, region)) return [];
      const nearest = nearestWith([type], region).slice(0, 3);
      const use = nearest.length > 0 ? `use a region that has it, such as ${nearest.join(", ")}` : "leave it out there";
      return `${node.node.path}: ${type} does not exist in ${region}; ${use}`;
    });
  }

  private resourcesWithoutRegion(): string[] {
    return this.node
      .findAll()
      .filter((node): node is typeof node & { provider?: TerraformProvider } => isAwsElement(node))
      .filter((node) => node.provider === undefined)
      .map(
        (node) =>
          `${node.node.path}: has no provider, so its region would come from the caller's environment; pass providers.in(region)`,
      );
  }
}

/** The context in which cdktn keeps the setting of this name in cdktf.json. */
const targetVersions = "targetVersions";

const kind = "DeploymentStack";
const isDeploymentStack = (stack: TerraformStack): stack is DeploymentStack => isMarked(stack, kind);

function isAwsElement(node: object): boolean {
  const type = (node as { terraformResourceType?: unknown }).terraformResourceType;
  return typeof type === "string" && type.startsWith("aws_");
}

const plainStacks = new WeakMap<TerraformStack, PlainStack>();

/** The stack that holds a construct, as modules use it: a `DeploymentStack`, or any `TerraformStack` with AWS providers. */
export function deploymentStackOf(construct: Construct): ModuleStack {
  const stack = TerraformStack.of(construct);
  if (isDeploymentStack(stack)) return stack;
  let plain = plainStacks.get(stack);
  if (!plain) {
    plain = new PlainStack(stack);
    plainStacks.set(stack, plain);
    writeWildcardsOf(stack);
  }
  plain.keepLiteralsOf(construct);
  return plain;
}
