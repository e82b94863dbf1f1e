const { default: Sequencer } = require("@jest/test-sequencer");

/** What changes in a room are noticed by: its own tests, then those that compare everything; those with Terraform are slow. */
function rank({ path }) {
  if (/\/test\/(deploy|simulator|terraform|cli)\//.test(path)) return 4;
  if (path.includes(`/test/${process.env.MUTATED_ROOM}/`)) return 0;
  if (/\/test\/frozen\/environments/.test(path)) return 1;
  return /\/test\/frozen\//.test(path) ? 2 : 3;
}

/** Orders the tests of a mutation so that most runs end after the first files: by what they notice, then the fastest first. */
module.exports = class LikeliestFirst extends Sequencer {
  sort(tests) {
    // The base class looks up how long each took before, in jest's cache.
    const known = super.sort(tests);
    return [...known].sort((one, other) => rank(one) - rank(other) || (one.duration ?? 0) - (other.duration ?? 0));
  }
};
