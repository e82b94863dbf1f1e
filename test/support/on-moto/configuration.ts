import {
  type Json,
  objectOf,
  type ResourceJson,
  resourcesOf,
  type StackJson,
  type SynthesizedStack,
} from "../../../terraform";
import { addressOf, type Resolve, referencesIn, replaceReferences } from "./expressions";
import { leftOut, madeBefore, readsStream } from "./left-out";
import { withOwnLayers } from "./own-layers";
import { standIn } from "./stand-ins";

type Resources = ReadonlyMap<string, ResourceJson>;
type IsLeftOut = (address: string) => boolean;

const typeOf = (address: string): string => address.split(".")[0] ?? "";
const notCarried: IsLeftOut = (address) => typeOf(address) in leftOut;
const notNeeded: IsLeftOut = (address) => !madeBefore.has(typeOf(address));

/** How cdktf writes a reference to an output of another stack. */
const remoteOutput = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/;
/** The name in `before` of an output that another stack reads by this reference. */
const outputName = (reference: string): string =>
  reference.replace(/^data\.terraform_remote_state\./, "").replaceAll(".", "_");
const zoneAddress = (id: string): string => `aws_route53_zone.${id.toLowerCase()}`;

/** The services stacks of an environment, and what they need, as far as moto carries it. */
export class OnMoto {
  private readonly earlier: ReadonlyMap<string, SynthesizedStack>;
  /** The resources of the earlier stacks. */
  private readonly needed: Resources;

  /**
   * @param stacks all stacks of the environment
   * @param services those that are applied
   */
  constructor(
    private readonly stacks: readonly SynthesizedStack[],
    private readonly services: readonly SynthesizedStack[],
    private readonly account: string,
  ) {
    const earlier = stacks.filter((stack) => !services.includes(stack));
    this.earlier = new Map(earlier.map((stack) => [stack.name, stack]));
    this.needed = new Map(earlier.flatMap((stack) => [...resourcesOf(stack)]));
  }

  /**
   * One configuration of what moto looks up when the services are created: what they read from other stacks, with all that it
   * refers to, and the hosted zones of their records. Its outputs are for `stack`.
   */
  before(): StackJson {
    const all = this.services.flatMap((stack) => [...resourcesOf(stack).values()]);
    const resources = all.filter((resource) => !readsStream(resource));
    const read = [...new Set(referencesIn(resources))].filter((reference) => remoteOutput.test(reference));
    const outputs = new Map(
      read.map((reference) => [
        outputName(reference),
        this.withStandIns(`\${${this.inPlace(reference)}}`, this.needed, notNeeded),
      ]),
    );
    const made = new Map<string, ResourceJson>();
    const open = referencesIn([...outputs.values()]).map(addressOf);
    for (let address = open.pop(); address !== undefined; address = open.pop()) {
      const resource = this.needed.get(address);
      if (!resource || made.has(address)) continue;
      const inOne = replaceReferences(resource, (reference) => this.inPlace(reference));
      made.set(address, this.carried(inOne, this.needed, notNeeded));
      open.push(...referencesIn(made.get(address)).map(addressOf));
    }
    const [{ provider } = { provider: undefined }] = resources;
    for (const id of this.zones()) {
      made.set(zoneAddress(id), { provider, name: "example.com" });
      outputs.set(id, `\${${zoneAddress(id)}.zone_id}`);
    }
    const output = Object.fromEntries([...outputs].map(([name, value]) => [name, { value }]));
    return { ...this.frame(this.stacks), resource: blocks(made), output };
  }

  /** One of the services stacks, with the values of the outputs of `before` in place of what it reads from other stacks. */
  stack(stack: SynthesizedStack, values: Readonly<Record<string, unknown>>): StackJson {
    const resources = resourcesOf(stack);
    const made = new Map<string, ResourceJson>();
    for (const [address, resource] of resources) {
      if (notCarried(address) || readsStream(resource)) continue;
      const inOne = replaceReferences(resource, (reference) =>
        remoteOutput.test(reference) ? JSON.stringify(values[outputName(reference)]) : undefined,
      );
      const zone = values[String(resource.zone_id)];
      const carried = withOwnLayers(this.carried(inOne, resources, notCarried), this.account);
      made.set(address, { ...carried, ...(zone ? { zone_id: zone } : {}) });
    }
    return { ...this.frame([stack]), resource: blocks(made) };
  }

  /** The hosted zones of records: their ids are literal, because somebody else made them. */
  private zones(): Set<string> {
    const ids = this.services.flatMap((stack) => [...resourcesOf(stack).values()].map(({ zone_id: id }) => id));
    return new Set(ids.filter((id) => typeof id === "string"));
  }

  /** Versions and providers of stacks, without their backend. */
  private frame(stacks: readonly SynthesizedStack[]): StackJson {
    const { backend: _backend, ...terraform } = objectOf(stacks[0]?.terraform.terraform);
    const providers = stacks.flatMap((stack) => objectOf(stack.terraform.provider).aws as Json[]);
    return { terraform, provider: { aws: [...new Map(providers.map((aws) => [aws.alias, aws])).values()] } };
  }

  private carried(resource: ResourceJson, all: Resources, isLeftOut: IsLeftOut): ResourceJson {
    const { depends_on: dependencies, ...rest } = this.withStandIns(resource, all, isLeftOut);
    const left = (Array.isArray(dependencies) ? dependencies : []).filter((address) => !isLeftOut(address));
    return { ...rest, ...(left.length > 0 ? { depends_on: left } : {}) };
  }

  private withStandIns<T>(value: T, all: Resources, isLeftOut: IsLeftOut): T {
    const resolve: Resolve = (reference) => {
      const resource = all.get(addressOf(reference));
      if (!resource || !isLeftOut(addressOf(reference))) return undefined;
      const region = resource.provider?.split(".")[1] ?? "";
      return JSON.stringify(standIn(reference, { account: this.account, region }));
    };
    return replaceReferences(value, resolve);
  }

  /** The expression behind an output that another stack reads; undefined for any other reference. */
  private inPlace(reference: string): string | undefined {
    const [, stack = "", output = ""] = remoteOutput.exec(reference) ?? [];
    const value = this.earlier.get(stack)?.terraform.output?.[output]?.value;
    if (value === undefined) return undefined;
    return String(replaceReferences(value, (inner) => this.inPlace(inner))).replace(/^\$\{(.*)\}$/s, "$1");
  }
}

function blocks(resources: Resources): StackJson["resource"] {
  const found: Record<string, Record<string, ResourceJson>> = {};
  for (const [address, resource] of resources) {
    const [type = "", name = ""] = address.split(".");
    found[type] = { ...found[type], [name]: resource };
  }
  return found;
}
