const { default: Sequencer } = require("@jest/test-sequencer");

/** The proofs that take longest, the longest first: started last, one would keep a single worker busy at the end. */
const longest = [
  "prod",
  "engines",
  "new-project",
  "docs/pages",
  "every-option",
  "upgrade",
  "rollout",
  "sandbox",
  "package",
  "failure-destinations",
  "access",
  "disaster",
  "capabilities",
  "pipelines",
  "scan",
];

/** Orders the long proofs even if jest has no times from an earlier run, as in a fresh clone. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
