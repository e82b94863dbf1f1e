import { createHash } from "node:crypto";

/** Whole numbers of 48 bits, the same ones for a seed on every machine and in every version of Node.js. */
export function randomNumbers(seed: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash("sha256").update(`${seed} ${count}`).digest().readUIntBE(0, 6);
  };
}

/** Draws one of a list. */
export type Draw = <T>(list: readonly T[]) => T;

/** Draws by a seed. */
export function drawing(seed: string): Draw {
  const random = randomNumbers(seed);
  return (list) => list[random() % list.length] as (typeof list)[number];
}
