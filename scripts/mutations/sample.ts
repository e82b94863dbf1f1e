import { randomNumbers } from "../random";

/** The list in an order that only depends on the seed. */
export function shuffled<T>(list: readonly T[], seed: string): T[] {
  const random = randomNumbers(seed);
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random() % (last + 1);
    const [one, two] = [result[last], result[other]];
    if (one === undefined || two === undefined) continue;
    result[last] = two;
    result[other] = one;
  }
  return result;
}

/**
 * How many of a sample have to be noticed. If the required share of all mutations is noticed, fewer come by chance in less
 * than one of twenty runs. A small sample is allowed to be unlucky.
 */
export function leastOfSample(count: number, share: number): number {
  let chance = 0;
  for (let noticed = 0; noticed <= count; noticed++) {
    chance += chosen(count, noticed) * share ** noticed * (1 - share) ** (count - noticed);
    if (chance >= 0.05) return noticed;
  }
  return count;
}

function chosen(count: number, of: number): number {
  let result = 1;
  for (let index = 1; index <= of; index++) result = (result * (count - of + index)) / index;
  return result;
}
