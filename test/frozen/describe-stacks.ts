import type { StackJson, SynthesizedStack } from "./synthesize";

/** Arguments that name a thing in AWS. */
const naming = /^(name|alias|bucket|family|path|domain|.*_name|.*identifier|.*_prefix)$/;

/** A reference in a Terraform expression: to a resource or a data source, or to an output of another stack. */
const reference = /\b(?:data\.)?(?:aws|terraform|random|vault)_[a-z0-9_]+\.[a-zA-Z][\w-]*(?:\.outputs\.[\w-]+)?/g;

/** How cdktf writes a reference to another stack, which is long: `<stack>:<attribute>` says the same. */
const crossStack = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.cross-stack-output-/;

/**
 * One line for each resource (`<stack> <address> <region> <its names> -> <what it refers to>`), and further lines for what holds
 * the stacks together: account, backend, dependencies, data sources and outputs.
 */
export function describeStacks(stacks: readonly SynthesizedStack[]): string[] {
  return stacks.flatMap(({ name, dependencies, json }) =>
    [
      `${name} (account) ${accountsOf(json).join(" ")}`,
      `${name} (backend) ${JSON.stringify(json.terraform.backend)}`,
      `${name} (dependencies) ${dependencies.join(" ")}`,
      ...entriesOf(json.resource).map(([address, entry]) => `${name} ${address} ${describe(entry)}`),
      ...entriesOf(json.data)
        .filter(([address]) => !address.startsWith("terraform_remote_state."))
        .map(([address, entry]) => `${name} data.${address} ${describe(entry)}`),
      ...Object.entries(json.output ?? {}).map(([output, { value }]) => `${name} (output) ${output} ${text(value)}`),
    ].map((line) => line.trimEnd()),
  );
}

/** Every resource's address with its arguments. */
export function entriesOf(section: StackJson["resource"] = {}): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(section).flatMap(([type, entries]) =>
    Object.entries(entries).map(([id, entry]): [string, Readonly<Record<string, unknown>>] => [`${type}.${id}`, entry]),
  );
}

function describe(entry: Readonly<Record<string, unknown>>): string {
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

const accountsOf = ({ provider = {} }: StackJson): string[] =>
  Object.values(provider).flatMap((configurations) =>
    configurations.map(
      ({ alias, region, allowed_account_ids: accounts }) => `${text(alias ?? region)}:${text(accounts)}`,
    ),
  );

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
