import { type Json, resourcesOf, type SynthesizedStack } from "../../terraform";

/** Arguments that name a thing in AWS. */
const naming = /^(name|alias|bucket|family|path|domain|.*_name|.*identifier|.*_prefix)$/;

/** A reference in a Terraform expression: to a resource or a data source, or to an output of another stack. */
const reference = /\b(?:data\.)?(?:aws|terraform|random|vault)_[a-z0-9_]+\.[a-zA-Z][\w-]*(?:\.outputs\.[\w-]+)?/g;

/** A local state lies below the project, wherever that and the output are. */
const leadingFolders = /(?<="path":")[^"]*(?=\.evenkeel\/)/;

/** How cdktf writes a reference to another stack, which is long: `<stack>:<attribute>` says the same. */
const crossStack = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.cross-stack-output-/;

/**
 * One line for each resource (`<stack> <address> <region> <its names> -> <what it refers to>`), and further lines for what holds
 * the stacks together: account, backend, dependencies, data sources and outputs.
 */
export function describeStacks(stacks: readonly SynthesizedStack[]): string[] {
  return stacks.flatMap((stack) => {
    const { name, dependencies, terraform } = stack;
    return [
      `${name} (account) ${accountsOf(terraform.provider).join(" ")}`,
      `${name} (backend) ${JSON.stringify(terraform.terraform?.backend).replace(leadingFolders, "")}`,
      `${name} (dependencies) ${dependencies.join(" ")}`,
      ...[...resourcesOf(stack)].map(([address, entry]) => `${name} ${address} ${describe(entry)}`),
      ...Object.entries(terraform.data ?? {})
        .filter(([type]) => type !== "terraform_remote_state")
        .flatMap(([type, entries]) =>
          Object.entries(entries).map(([id, entry]) => `${name} data.${type}.${id} ${describe(entry)}`),
        ),
      ...removedFrom(terraform).map((address) => `${name} (left in AWS) ${address}`),
      ...Object.entries(terraform.output ?? {}).map(
        ([output, { value }]) => `${name} (output) ${output} ${text(value)}`,
      ),
    ].map((line) => line.trimEnd());
  });
}

/** The addresses that Terraform forgets, with what stands there. */
const removedFrom = ({ removed }: Json): string[] => ((removed ?? []) as { from: string }[]).map(({ from }) => from);

function describe(entry: Json): string {
  const { provider, ...rest } = entry;
  const names = Object.entries(rest)
    // A name that is computed shows in the references.
    .filter(([key, value]) => naming.test(key) && typeof value === "string" && !value.includes("${"))
    .map(([key, value]) => `${key}=${text(value)}`)
    .sort();
  const found = JSON.stringify(rest).match(reference) ?? [];
  const references = [...new Set(found.map((address) => address.replace(crossStack, "$1:")))].sort();
  return [regionOf(provider), ...names, ...(references.length > 0 ? ["->", ...references] : [])].join(" ");
}

const regionOf = (provider: unknown): string =>
  typeof provider === "string" ? (provider.split(".")[1] ?? provider) : "-";

/** `<alias>:<accounts that it may be applied to>` of each provider. */
const accountsOf = (providers: unknown): string[] =>
  Object.values((providers ?? {}) as Record<string, Json[]>).flatMap((configurations) =>
    configurations.map(
      ({ alias, region, allowed_account_ids: accounts }) => `${text(alias ?? region)}:${text(accounts)}`,
    ),
  );

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
