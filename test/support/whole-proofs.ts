const { variable } = require("./seldom.js") as { readonly variable: string };

/** Whether long proofs are run whole. */
export const isWhole = process.env[variable] !== undefined;

/** All of what a long proof goes through where it is run whole, by `npm run test:soak -- --proofs`, and otherwise a fixed part. */
export const wholeOr = <T>(whole: readonly T[], part: readonly T[]): readonly T[] => (isWhole ? whole : part);
