import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformElement, TerraformProvider, type TerraformStack, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ConstructError } from "./construct-error";
import { keepLiterals } from "./literal-text";
import type { Providers } from "./regional-providers";

/** What modules need of the stack that they are in. */
export interface ModuleStack {
  /** The AWS provider for each region. */
  readonly providers: Providers;
  /** Takes a resource that earlier versions of a module made out of the state, and leaves it in AWS. */
  forget(type: string, scope: Construct, ...ids: string[]): void;
}

/** Shared by two copies of this package in one app. */
const mark = Symbol.for("evenkeel.providers");

const recordsMark = Symbol.for("evenkeel.recordsProvider");

type Marked = IConstruct & { [mark]?: Map<string, TerraformProvider>; [recordsMark]?: TerraformProvider };

/**
 * Names the AWS provider that modules in a plain `TerraformStack` use for a region. Without it, they use the one provider of
 * the stack that has this region.
 * @param providers by region, `{ "eu-west-1": provider }`
 */
export function useProviders(stack: TerraformStack, providers: Readonly<Record<string, TerraformProvider>>): void {
  const named = providersOf(stack);
  for (const [region, provider] of Object.entries(providers)) named.set(region, provider);
}

/**
 * Names the AWS provider that modules in a plain `TerraformStack` write DNS records with: one that assumes a role in the account
 * of the hosted zones. Without it, records are written with the provider of a region. Call it before the modules.
 */
export function useRecordsProvider(stack: TerraformStack, provider: TerraformProvider): void {
  (stack as Marked)[recordsMark] = provider;
}

function providersOf(stack: TerraformStack): Map<string, TerraformProvider> {
  const marked = stack as Marked;
  marked[mark] ??= new Map();
  return marked[mark];
}

/**
 * A stack that is not the toolkit's, as modules see it: providers are found by their region, ids of resources are the stack's
 * own, and text in arguments of modules arrives as it stands, as in a `DeploymentStack`.
 */
export class PlainStack implements ModuleStack, Providers {
  constructor(private readonly stack: TerraformStack) {}

  get providers(): Providers {
    return this;
  }

  get regions(): string[] {
    return [...new Set([...providersOf(this.stack).keys(), ...this.found().map(({ region }) => region)])];
  }

  in(region: string): AwsProvider {
    const named = providersOf(this.stack).get(region);
    if (named) return named as AwsProvider;
    const found = this.found().filter((provider) => provider.region === region);
    const [only, ...others] = found.map(({ provider }) => provider);
    if (only && others.length === 0) {
      providersOf(this.stack).set(region, only);
      return only as AwsProvider;
    }
    if (only) {
      const problem = `has ${found.length} AWS providers for region "${region}"`;
      throw new ConstructError(
        this.stack,
        problem,
        `name the one for modules with useProviders(stack, { "${region}": … })`,
      );
    }
    throw new ConstructError(
      this.stack,
      `has no AWS provider for region "${region}", only for ${this.regions.join(", ") || "none"}`,
      "create one with this region before the modules, or name one with useProviders",
    );
  }

  forRecords(region: string): AwsProvider {
    return (recordsProviderOf(this.stack) as AwsProvider | undefined) ?? this.in(region);
  }

  /** No earlier version has built anything in such a stack. */
  forget(): void {}

  /** Lets text in all arguments below a module arrive as it stands; the rest of the stack is the team's own matter. */
  keepLiteralsOf(module: IConstruct): void {
    if (module === this.stack || module.node.scopes.some((scope) => literal.has(scope))) return;
    literal.add(module);
    Aspects.of(module).add({
      visit: (node) => {
        if (TerraformElement.isTerraformElement(node)) keepLiterals(node);
      },
    });
  }

  private found(): { readonly region: string; readonly provider: TerraformProvider }[] {
    return this.stack.node.findAll().flatMap((node) => {
      if (!TerraformProvider.isTerraformProvider(node) || node.terraformResourceType !== "aws") return [];
      if (node === recordsProviderOf(this.stack)) return [];
      const { region } = node as TerraformProvider & { region?: unknown };
      return typeof region === "string" && !Token.isUnresolved(region) ? [{ region, provider: node }] : [];
    });
  }
}

const recordsProviderOf = (stack: TerraformStack): TerraformProvider | undefined => (stack as Marked)[recordsMark];

/** Modules whose literals are kept. */
const literal = new WeakSet<IConstruct>();
