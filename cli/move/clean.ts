import type { Moves } from "../../contract";
import { managedIn, type NamedState } from "./review";

/** An entry of the file in words, with why it is still needed. */
export interface OpenMove {
  readonly kind: "moved" | "removed" | "import";
  readonly stack: string;
  readonly address: string;
  readonly because: string;
}

/** Entries by whether states have them behind them. */
export interface SortedMoves {
  readonly done: Omit<OpenMove, "because">[];
  readonly open: OpenMove[];
  /** What stays in the file. */
  readonly left: Moves;
}

/** Which moves are done: their blocks would do nothing any more. */
export function sortedMoves({ moved, removed, imports }: Moves, states: readonly NamedState[]): SortedMoves {
  const managed = managedIn(states);
  const has = (stack: string, address: string) =>
    managed.some((one) => one.stack === stack && (one.address === address || one.address.startsWith(`${address}[`)));
  const done: Omit<OpenMove, "because">[] = [];
  const open: OpenMove[] = [];
  const sort = <T extends { readonly stack: string }>(
    kind: OpenMove["kind"],
    all: readonly T[],
    addressOf: (one: T) => string,
    because: (one: T) => string | undefined,
  ): T[] =>
    all.filter((one) => {
      const entry = { kind, stack: one.stack, address: addressOf(one) };
      const why = because(one);
      if (why === undefined) done.push(entry);
      else open.push({ ...entry, because: why });
      return why !== undefined;
    });
  const left: Moves = {
    moved: sort(
      "moved",
      moved,
      ({ to }) => to,
      ({ stack, from, to }) =>
        has(stack, from)
          ? `the state of ${stack} still has ${from}`
          : has(stack, to)
            ? undefined
            : `the state of ${stack} has neither address`,
    ),
    removed: sort(
      "removed",
      removed,
      ({ address }) => address,
      ({ stack, address }) => (has(stack, address) ? `the state of ${stack} still has it` : undefined),
    ),
    imports: sort(
      "import",
      imports,
      ({ to }) => to,
      ({ stack, to }) => (has(stack, to) ? undefined : `the state of ${stack} does not have it yet`),
    ),
  };
  return { done, open, left };
}
