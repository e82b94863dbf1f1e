const { default: Sequencer } = require("@jest/test-sequencer");

/** The proofs that take longest, the longest first: started last, one would keep a single worker busy at the end. */
const longest = ["prod", "every-option", "staging", "sandbox", "demo"];

/** Orders the long proofs also where jest has no times of an earlier run to go by, as in a fresh clone. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
