import type { Companion } from "./companions";
import type { Graph, Resource } from "./graph";
import { lookups, notLookedUp } from "./lookups";
import { type Mention, mentionsIn } from "./names";

/** Whether a name is the one of something else, which AWS does not look for here. */
function isNamesake({ by, path, of }: Mention): boolean {
  const types = lookups[`${by.type} ${path}`];
  return types !== undefined && !types.includes(of.type);
}

const isExempt = ({ by, path }: Mention): boolean =>
  notLookedUp.some((exception) => exception.type.test(by.type) && exception.path.test(path));

const sentence = (later: Resource, first: Resource): string =>
  `${later.address} may be created before ${first.address}`;

/** Names of other resources that Terraform does not see; the exceptions are among them. */
export const unseenMentions = (graph: Graph): Mention[] =>
  mentionsIn(graph).filter((mention) => !isNamesake(mention) && !graph.comesBefore(mention.of, mention.by));

/** A sentence for each name that Terraform must see and does not. */
export const unseen = (graph: Graph): string[] =>
  unseenMentions(graph)
    .filter((mention) => !isExempt(mention))
    .map(({ by, path, of, name }) => `${sentence(by, of)}, which its ${path} names "${name}"`);

/** The pairs that a companion is about: what must be there first, and what comes later. */
export const pairs = ({ of, needed }: Companion, graph: Graph): (readonly [Resource, Resource])[] =>
  graph.resources
    .filter(({ type }) => (of instanceof RegExp ? of.test(type) : of.includes(type)))
    .flatMap((later) => needed(later, graph).map((first) => [first, later] as const));

/** A sentence for each pair that Terraform may create the other way round. */
export const late = (companion: Companion, graph: Graph): string[] =>
  pairs(companion, graph)
    .filter(([first, later]) => !graph.comesBefore(first, later))
    .map(([first, later]) => sentence(later, first));
