/** Whole numbers that look random and are the same in each run. */
export function seeded(seed: number): (min: number, max: number) => number {
  let state = seed;
  return (min, max) => {
    // The generator of Numerical Recipes.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return min + (state % (max - min + 1));
  };
}

/** A message is `<what is wrong>; <what to do>`. */
export const told = /^[^;]+; [^;]+$/;
