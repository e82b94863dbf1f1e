import { type Moves, movesFileOf } from "../contract";
import { ConfigError, type ConfigIssue } from "../modules/core";
import { suggestion } from "../modules/core/messages";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The blocks of one stack in Terraform's JSON syntax. */
export interface MoveBlocks {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string; readonly lifecycle: readonly { readonly destroy: false }[] }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

/** The blocks for what a stack renames, lets go and takes in; without those of which it has none. */
export function moveBlocksOf({ moved, removed, imports }: Moves, stack: string): MoveBlocks {
  const own = <T extends { readonly stack: string }>(all: readonly T[]): T[] =>
    all.filter((one) => one.stack === stack);
  const blocks: Required<MoveBlocks> = {
    moved: own(moved).map(({ from, to }) => ({ from, to })),
    removed: own(removed).map(({ address }) => ({ from: address, lifecycle: [{ destroy: false }] })),
    import: own(imports).map(({ to, id }) => ({ to, id })),
  };
  return Object.fromEntries(Object.entries(blocks).filter(([, all]) => all.length > 0));
}

/** @throws ConfigError for stacks that are not built */
export function checkStacksOfMoves(environment: string, moves: Moves, stacks: readonly string[]): void {
  refuse(
    environment,
    listed(moves)
      .filter(({ entry }) => !stacks.includes(entry.stack))
      .map(({ path, entry }) => ({
        path: `${path}.stack`,
        message: `is not a stack of ${environment}; ${suggestion(entry.stack, stacks)}`,
        received: entry.stack,
      })),
  );
}

/** @throws ConfigError for addresses of a stack that the configuration lacks, or still has */
export function checkAddressesOfMoves(
  environment: string,
  moves: Moves,
  stack: string,
  resources: Resources = {},
): void {
  const known = Object.entries(resources).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
  const has = (address: string) => known.includes(address.replace(/\[("[^"]*"|\d+)\]$/, ""));
  const targets = new Set<string>();
  const issues = listed(moves)
    .filter(({ entry }) => entry.stack === stack)
    .flatMap(({ path, entry }): ConfigIssue[] => {
      const found: ConfigIssue[] = [];
      const { to, from } = { to: undefined, ...entry };
      if (to !== undefined && !has(to)) {
        const nearest = suggestion(
          to,
          known.filter((other) => other.split(".")[0] === to.split(".")[0]),
        );
        const message = `is not a resource of ${stack}; ${nearest}`;
        found.push({ path: `${path}.to`, message, received: to });
      }
      if (to !== undefined && targets.has(to)) {
        found.push({ path: `${path}.to`, message: "is named twice; take one of the entries out", received: to });
      }
      if (to !== undefined) targets.add(to);
      if (from !== undefined && has(from)) {
        const message = `is still a resource of ${stack}; take it out of the configuration, or take this entry out`;
        found.push({ path: `${path}.${"address" in entry ? "address" : "from"}`, message, received: from });
      }
      return found;
    });
  refuse(environment, issues);
}

interface Listed {
  readonly path: string;
  readonly entry: { readonly stack: string; readonly from?: string; readonly to?: string };
}

const listed = ({ moved, removed, imports }: Moves): Listed[] => [
  ...moved.map((entry, index) => ({ path: `moved[${index}]`, entry })),
  ...removed.map((entry, index) => ({ path: `removed[${index}]`, entry: { ...entry, from: entry.address } })),
  ...imports.map((entry, index) => ({ path: `imports[${index}]`, entry })),
];

function refuse(environment: string, issues: readonly ConfigIssue[]): void {
  if (issues.length > 0) throw new ConfigError(movesFileOf(environment), issues);
}
