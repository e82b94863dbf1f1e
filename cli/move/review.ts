import type { Moves } from "../../contract";
import { importIdOf, type Values } from "../../identity";
import type { PlannedStack } from "../../rollout";
import { type Json, movesIn, objectOf, valueAt } from "../../terraform";

/** Why moves are refused: an address, and what is wrong with it. */
export interface Refusal {
  readonly stack: string;
  readonly address: string;
  readonly message: string;
}

/** An argument that the first apply after a move changes. */
export interface Difference {
  readonly stack: string;
  readonly address: string;
  /** What is another in AWS, or in the state, than in the configuration; without values: they may be secret. */
  readonly arguments: readonly string[];
}

/** What is moved or taken in, and has other arguments than the configuration says. */
export const differencesIn = (plans: readonly PlannedStack[]): Difference[] =>
  plans.flatMap(({ stack, plan }) =>
    movesIn(plan).flatMap(({ address, change: { change } }) => {
      if (change.actions.join() !== "update") return [];
      const names = new Set([...Object.keys(objectOf(change.before)), ...Object.keys(objectOf(change.after))]);
      const other = [...names].filter(
        (name) =>
          valueAt(change.after_unknown, [name]) === true ||
          JSON.stringify(valueAt(change.before, [name])) !== JSON.stringify(valueAt(change.after, [name])),
      );
      return [{ stack, address, arguments: other.sort() }];
    }),
  );

/** What a move must not do: replace what it moves or takes in. */
export const replacedIn = (plans: readonly PlannedStack[]): Refusal[] =>
  plans.flatMap(({ stack, plan }) =>
    movesIn(plan).flatMap(({ kind, address, from, change: { change } }) => {
      if (!change.actions.includes("delete")) return [];
      const because = [...new Set((change.replace_paths ?? []).map((path) => path.join(".")))].join(", ");
      const what = kind === "moved" ? `moved from ${from}` : `imported as ${from}`;
      return [
        {
          stack,
          address,
          message: `would be replaced as soon as it is ${what}${because ? `, because ${because} is another one` : ""}; make the configuration say what exists, or leave it where it is`,
        },
      ];
    }),
  );

/** A state with the name of its stack. */
export interface NamedState {
  readonly stack: string;
  readonly state: Json;
}

interface Managed {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly region?: string;
}

/** Everything that states manage, with the ids by which it could be imported. */
export const managedIn = (states: readonly NamedState[]): Managed[] =>
  states.flatMap(({ stack, state }) =>
    (Array.isArray(state.resources) ? state.resources.map(objectOf) : [])
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ module, type, name, provider, instances }) =>
        (instances as Json[]).map((instance) => {
          const attributes = objectOf(instance.attributes) as Values;
          const key = instance.index_key === undefined ? "" : `[${JSON.stringify(instance.index_key)}]`;
          return {
            stack,
            address: `${module ? `${String(module)}.` : ""}${String(type)}.${String(name)}${key}`,
            type: String(type),
            id: importIdOf(String(type), attributes),
            region: /\.([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(String(provider))?.[1],
          };
        }),
      ),
  );

/** Imports of what a state of the environment has already, unless this state lets it go. @param regionOf of the provider of an address */
export function ownedBy(
  { imports, removed }: Moves,
  states: readonly NamedState[],
  regionOf: (stack: string, address: string) => string | undefined,
): Refusal[] {
  const managed = managedIn(states);
  return imports.flatMap(({ stack, to, id }) => {
    const region = regionOf(stack, to);
    const owner = managed.find(
      (one) =>
        one.type === to.split(".")[0] &&
        one.id === id &&
        (region === undefined || one.region === undefined || one.region === region) &&
        !(one.stack === stack && one.address === to),
    );
    if (!owner || removed.some((one) => one.stack === owner.stack && one.address === owner.address)) return [];
    return [
      {
        stack,
        address: to,
        message: `${id} is ${owner.address} of ${owner.stack} already; let it go there, with --forget ${owner.stack}:${owner.address}, or do not import it`,
      },
    ];
  });
}
