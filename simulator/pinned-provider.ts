import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import semver from "semver";
import type { StackJson } from "../terraform";
import { SimulatorError } from "./errors";
import { awsProvider } from "./prerequisites/provider";

/** What is wrong with a provider that another version is pinned of than the simulated cloud runs, and what to do. */
function refusal(pinned: string): string {
  const { source, version } = awsProvider;
  return (
    `${source} ${pinned} is pinned, and the simulated cloud runs ${version}: a plan by ${version} proves nothing about ` +
    `${pinned}; synthesize, check and deploy without the simulated cloud, or pin ${version} (@cdktf/provider-aws 20.1.0).`
  );
}

/**
 * Refuses to simulate an app that is made for another version of the provider.
 * @param pinned a version, or a constraint as Terraform writes it; undefined for an app that pins none
 * @throws SimulatorError that names both versions
 */
export function checkPinned(pinned: string | undefined): void {
  if (!admits(pinned)) throw new SimulatorError(refusal(pinned ?? ""));
}

/** What is wrong with the provider that the configuration in a folder requires, where it is known; undefined if it is the one that runs. */
export function pinnedProblem(folder: string): string | undefined {
  const wrong = requiredVersions(folder).find((constraint) => !admits(constraint));
  return wrong === undefined ? undefined : refusal(wrong);
}

/** The constraints of the AWS provider in the files of a folder. Terraform itself ignores them where a provider is attached. */
function requiredVersions(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      if (!/\.tf(\.json)?$/.test(name)) return [];
      const text = readFileSync(path.join(folder, name), "utf8");
      return name.endsWith(".json") ? versionsInJson(JSON.parse(text) as StackJson) : versionsInHcl(text);
    });
  } catch {
    // Terraform says what is wrong with a file that cannot be read.
    return [];
  }
}

function versionsInJson({ terraform }: StackJson): string[] {
  const blocks: unknown[] = [terraform?.required_providers].flat();
  return blocks.flatMap((block) => {
    const version = (block as { aws?: { version?: unknown } } | undefined)?.aws?.version;
    return typeof version === "string" ? [version] : [];
  });
}

/** Covers the usual form without a parser: `aws = { source = "hashicorp/aws", version = "~> 5.0" }`. */
const versionsInHcl = (text: string): string[] =>
  [...text.matchAll(/\baws\s*=\s*\{[^{}]*?\bversion\s*=\s*"([^"\n]*)"/g)].map(([, version]) => version ?? "");

/**
 * Whether a constraint admits the version that runs; one that is not understood does.
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
function admits(constraint = ""): boolean {
  return constraint.split(",").every((part) => {
    const [, operator = "", wanted = ""] = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?([\d.]+)\s*$/.exec(part) ?? [];
    const other = semver.coerce(wanted);
    if (!other) return true;
    if (operator === "!=") return other.version !== awsProvider.version;
    // `~> 5.0` leaves the last part that it names open.
    const range = operator === "~>" ? `>=${other.version} <${ceiling(wanted)}` : `${operator}${other.version}`;
    return semver.satisfies(awsProvider.version, range);
  });
}

function ceiling(wanted: string): string {
  const [major = 0, minor = 0, patch] = wanted.split(".").map(Number);
  return patch === undefined ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}
