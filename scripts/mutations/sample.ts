import { randomNumbers } from "../random";
import type { Mutation } from "./mutation";
import type { Result } from "./results";

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

/** A change as it is found again after the sources moved: by its words, not by its line. */
export type SampledChange = Pick<Mutation, "file" | "mutator" | "change">;

const wordsOf = ({ file, mutator, change }: SampledChange): string => [file, mutator, change].join("|");

/** What a full run leaves for the sample: the changes that tests noticed, in the order of the run. */
export const noticedOf = (results: readonly Result[]): SampledChange[] =>
  results
    .filter(({ outcome }) => outcome === "noticed")
    .map(({ file, mutator, change }) => ({ file, mutator, change }));

/**
 * The changes of a full run that tests noticed and that the sources still have, in the order of that run. Tests have to notice
 * each of them again, so a sample neither depends on luck nor on what else was written since.
 * @param count how many there have to be
 * @throws Error if the sources have fewer
 */
export function sampleOf(noticed: readonly SampledChange[], mutations: readonly Mutation[], count: number): Mutation[] {
  const present = new Map(mutations.map((mutation) => [wordsOf(mutation), mutation]));
  const sample = noticed.map((change) => present.get(wordsOf(change))).filter((mutation) => mutation !== undefined);
  if (sample.length < count) {
    throw new Error(
      `The sources have ${sample.length} of the ${noticed.length} changes that the last full run noticed, and ${count} were asked for; run npm run test:soak in full`,
    );
  }
  return sample;
}
