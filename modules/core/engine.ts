import binding from "@cdktf/provider-aws/package.json";

/** What this copy of the toolkit synthesizes with: the build for cdktn has that engine's packages in place of cdktf's. */
export const engine = {
  name: binding.name.startsWith("@cdktn/") ? "cdktn" : "cdktf",
  /** The package with the classes of the AWS provider's resources. */
  binding: binding.name as string,
  bindingVersion: binding.version as string,
} as const;

/** The exact version of the provider that the installed binding was made from, which the generated Terraform requires. */
export const awsProviderRequirement: { readonly source: string; readonly version: string } = {
  // In full: cdktf itself writes another source than cdktn.
  source: "hashicorp/aws",
  version: binding.cdktf.provider.version,
};

/**
 * Why the provider of this project lacks something, and what to do; undefined if it has it. To be asked before an argument is
 * used: bindings drop arguments that they do not know without a word.
 * @param needed the first version that has it, as in `6.22`
 * @param instead what can be written in its place
 */
export function providerProblem(
  needed: string,
  instead: string,
): { readonly problem: string; readonly remedy: string } | undefined {
  const { source, version } = awsProviderRequirement;
  // Hardly any environment asks.
  const gte = require("semver/functions/gte") as typeof import("semver/functions/gte");
  if (gte(version, `${needed}.0`)) return undefined;
  return {
    problem: `needs ${source} ${needed} or later, but this project uses ${version}`,
    remedy: `${instead}, or upgrade the provider and its bindings first`,
  };
}
