import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Moves, movesFileOf } from "../../contract";
import { checkAddressesOfMoves, checkStacksOfMoves, moveBlocksOf } from "../../stacks";
import { readSynthesizedStacks, type SynthesizedStack } from "../../terraform";

/** Moves with others behind them; what is there already is not added again. */
export function withMoves(moves: Moves, added: Partial<Moves>): Moves {
  const joined = <T>(all: readonly T[], more: readonly T[] = [], key: (one: T) => string): T[] => [
    ...new Map([...all, ...more].map((one) => [key(one), one])).values(),
  ];
  return {
    moved: joined(moves.moved, added.moved, ({ stack, from }) => `${stack} ${from}`),
    removed: joined(moves.removed, added.removed, ({ stack, address }) => `${stack} ${address}`),
    imports: joined(moves.imports, added.imports, ({ stack, to }) => `${stack} ${to}`),
  };
}

export const countMoves = ({ moved, removed, imports }: Moves): number =>
  moved.length + removed.length + imports.length;

/** Writes the file of an environment's moves; without any, there is none. @returns its path, if there is one */
export function writeMoves(environment: string, moves: Moves): string | undefined {
  const file = movesFileOf(environment);
  if (countMoves(moves) === 0) {
    rmSync(file, { force: true });
    return undefined;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(moves, null, 2)}\n`);
  return file;
}

/** @throws ConfigError for stacks and addresses that the configuration lacks, or still has */
export function checkMoves(environment: string, moves: Moves, stacks: readonly SynthesizedStack[]): void {
  checkStacksOfMoves(
    environment,
    moves,
    stacks.map(({ name }) => name),
  );
  for (const { name, terraform } of stacks) checkAddressesOfMoves(environment, moves, name, terraform.resource);
}

/** Puts moves into stacks as they were synthesized, in the place of those that they were synthesized with. */
export function putIntoStacks(output: string, before: Moves, moves: Moves): void {
  for (const { name, folder, terraform } of readSynthesizedStacks(output)) {
    const old = moveBlocksOf(before, name) as Readonly<Record<string, readonly unknown[]>>;
    const blocks = moveBlocksOf(moves, name) as Readonly<Record<string, readonly unknown[]>>;
    const changed = Object.fromEntries(
      ["moved", "removed", "import"].flatMap((kind) => {
        const own = [terraform[kind] ?? []].flat() as unknown[];
        const known = new Set((old[kind] ?? []).map((block) => JSON.stringify(block)));
        const all = [...own.filter((block) => !known.has(JSON.stringify(block))), ...(blocks[kind] ?? [])];
        return all.length > 0 ? [[kind, all]] : [];
      }),
    );
    const { moved: _, removed: __, import: ___, ...others } = terraform;
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ ...others, ...changed }, null, 2));
  }
}
