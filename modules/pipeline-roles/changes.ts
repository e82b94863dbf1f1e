import type { PolicyStatement } from "../core";
import { arnOf, hasTag, type PolicyOf, takesUntagged } from "./environment-policy";
import type { KnownAction } from "./permissions";
import type { Scope } from "./scope";
import { readsOfContent, scopes } from "./scopes";

/** Why a statement that creates names no resource. */
const notYet = "IAM takes no resource for what does not exist yet; it must be created with the tag of the environment.";

/** Services whose statements are written by hand. */
const byHand = new Set(["iam", "apigateway", "route53", "kms"]);

/** Statements that are held by names and tags, of each service that the actions are of. Actions that read are left to `reads.ts`. */
export function changeStatements(actions: readonly KnownAction[], of: PolicyOf): PolicyStatement[] {
  return Object.entries(scopes).flatMap(([service, scope]) => {
    if (byHand.has(service)) return [];
    const changes = actions.filter(
      (each) => each.service === service && (!each.reads || readsOfContent.includes(each.action)),
    );
    return statementsOf(service, scope, changes, of);
  });
}

/** The statements of one service. */
export function statementsOf(service: string, scope: Scope, all: readonly KnownAction[], of: PolicyOf) {
  const { named = {}, tagged = {}, unscoped = [], never = {} } = scope;
  const changes = all.filter(({ name }) => !(name in never) && !unscoped.includes(name));
  const taggedArns = (types: readonly string[]) =>
    unique(types.flatMap((type) => (tagged[type] ? [arnOf(service, tagged[type], of)] : [])));
  const statements: PolicyStatement[] = [];
  const add = (
    actions: readonly KnownAction[],
    resources: readonly string[],
    conditions?: PolicyStatement["conditions"],
  ) => {
    if (actions.length === 0 || resources.length === 0) return;
    const wildcards = resources.includes("*") ? { resource: notYet } : undefined;
    statements.push({ actions: unique(actions.map(({ action }) => action)), resources, conditions, wildcards });
  };

  // By name: one statement with all names of the service, as an action takes only ARNs of its own types.
  const byName = changes.filter(({ types }) => types.some((type) => named[type]));
  add(
    byName,
    unique(byName.flatMap(({ types }) => types.flatMap((type) => named[type] ?? []))).map((each) =>
      arnOf(service, each, of),
    ),
  );
  // By the tag that it has.
  const byTag = changes.filter(({ types }) => types.some((type) => tagged[type]));
  add(byTag, taggedArns(byTag.flatMap(({ types }) => types)), hasTag(of));
  // By the tag that it is created with.
  const creates = byTag.filter((each) => !each.tags && (each.created.length > 0 || each.takesTags));
  for (const group of groupsOf(creates, (each) =>
    taggedArns(each.created.length > 0 ? each.created : each.types).join(" "),
  )) {
    const [first] = group;
    if (first) add(group, taggedArns(first.created.length > 0 ? first.created : first.types), takesUntagged(of));
  }
  add(
    changes.filter(({ types, takesTags }) => types.length === 0 && takesTags),
    ["*"],
    takesUntagged(of),
  );
  // A tag that is given apart from the creation, as some services do.
  const tagging = byTag.filter((each) => each.tags && (each.takesTags || each.created.length > 0));
  add(tagging, taggedArns(tagging.flatMap(({ types }) => types)), takesUntagged(of));
  return statements;
}

/** The actions that IAM can hold to no environment, with those of the services that are written by hand. */
export function unscopedActions(actions: readonly KnownAction[]): string[] {
  const named = actions.filter(({ service, name }) => scopes[service]?.unscoped?.includes(name));
  return unique(named.map(({ action }) => action));
}

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

function groupsOf<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()];
}
