import { isDeepStrictEqual } from "node:util";
import { readSynthesizedStacks, type SynthesizedStack } from "../terraform";
import { eachText, type Json, listOf, literalOf, objectOf, type Reference, type Resource } from "./resource";

/** `<type>.<name>`, wherever it stands in an expression, with `data.` before it for a data source. */
const addresses = /\b((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*)/g;
/** An output of another state, in both notations of Terraform. */
const remoteOutputs = /\bdata\.terraform_remote_state\.([A-Za-z0-9_-]+)\.outputs(?:\.([A-Za-z0-9_-]+)|\["([^"]+)"\])/g;

/**
 * Every resource and data source of a cdktf output folder, in order of deployment, with references resolved: within a
 * stack by address, between stacks through the remote state and the output that it names.
 * @throws OutputFolderError if the folder is not a cdktf output folder
 * @see https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function readResources(output: string): Resource[] {
  const stacks = readSynthesizedStacks(output).map((stack) => ({ ...stack, byAddress: resourcesOf(stack) }));
  const resources = stacks.flatMap(({ byAddress }) => [...byAddress.values()]);
  for (const stack of stacks) {
    for (const resource of stack.byAddress.values()) {
      eachText(resource.body, (text, path) => {
        for (const target of targetsOf(text, stack, stacks, path[0] === "depends_on")) {
          if (target !== resource && !known(resource.references, path, target)) {
            resource.references.push({ path, target });
          }
        }
      });
    }
  }
  return resources;
}

interface StackResources extends SynthesizedStack {
  readonly byAddress: ReadonlyMap<string, Resource>;
}

function known(references: readonly Reference[], path: readonly string[], target: Resource): boolean {
  return references.some((each) => each.target === target && each.path.join("/") === path.join("/"));
}

function resourcesOf({ name: stack, terraform }: SynthesizedStack): Map<string, Resource> {
  const regions = providerRegions(terraform);
  const found = new Map<string, Resource>();
  for (const [block, prefix] of [
    ["resource", ""],
    ["data", "data."],
  ] as const) {
    for (const [type, byName] of Object.entries(objectOf(terraform[block]))) {
      if (type === "terraform_remote_state") continue;
      for (const [name, content] of Object.entries(objectOf(byName))) {
        const body = objectOf(content);
        const address = `${prefix}${type}.${name}`;
        found.set(address, {
          id: `${stack}/${address}`,
          stack,
          type: `${prefix}${type}`,
          name,
          body,
          path: constructPath(body, name),
          region: regionOf(type, body, regions),
          references: [],
        });
      }
    }
  }
  return found;
}

/** Region by provider reference, as in `aws.home`. */
function providerRegions(terraform: Json): Map<string, string> {
  const regions = new Map<string, string>();
  for (const [provider, blocks] of Object.entries(objectOf(terraform.provider))) {
    for (const block of listOf(blocks)) {
      const { alias, region } = objectOf(block);
      const name = literalOf(alias) === undefined ? provider : `${provider}.${alias}`;
      regions.set(name, literalOf(region) ?? "unknown region");
    }
  }
  return regions;
}

function regionOf(type: string, body: Json, regions: ReadonlyMap<string, string>): string | undefined {
  if (!type.startsWith("aws_")) return undefined;
  return literalOf(body.region) ?? regions.get(literalOf(body.provider) ?? "aws") ?? "unknown region";
}

function constructPath(body: Json, name: string): string[] {
  const path = literalOf(objectOf(objectOf(body["//"]).metadata).path);
  return path?.includes("/") ? path.split("/").slice(1) : name.split("_");
}

/** The resources that a text refers to; all texts of depends_on are addresses, others only inside an expression. */
function targetsOf(text: string, stack: StackResources, stacks: readonly StackResources[], address: boolean) {
  if (!address && !text.includes("${")) return [];
  const targets = new Set<Resource>();
  for (const [, found] of text.matchAll(addresses)) {
    const target = stack.byAddress.get(found ?? "");
    if (target) targets.add(target);
  }
  for (const [, remoteState, attribute, key] of text.matchAll(remoteOutputs)) {
    const upstream = upstreamOf(stack, remoteState ?? "", stacks);
    if (!upstream || upstream === stack) continue;
    const output = objectOf(objectOf(upstream.terraform.output)[attribute ?? key ?? ""]);
    eachText(output.value, (value) => {
      for (const target of targetsOf(value, upstream, stacks, false)) targets.add(target);
    });
  }
  return [...targets];
}

/** The stack whose state a remote state reads: the one with the same backend settings. */
function upstreamOf(stack: StackResources, remoteState: string, stacks: readonly StackResources[]) {
  const { backend, config } = objectOf(objectOf(objectOf(stack.terraform.data).terraform_remote_state)[remoteState]);
  return stacks.find(({ terraform }) => {
    const settings = objectOf(objectOf(terraform.terraform).backend)[String(backend)];
    return settings !== undefined && isDeepStrictEqual(settings, config);
  });
}
