const { default: Sequencer } = require("@jest/test-sequencer");

/** Tests that compare everything notice most, those that run Terraform take longest. */
const rank = ({ path }) => (/\/test\/frozen\//.test(path) ? 0 : /\/test\/(deploy|simulator)\//.test(path) ? 2 : 1);

/** Orders the tests of a mutation so that most runs end after the first one: by what they notice, then by size. */
module.exports = class FreezeFirst extends Sequencer {
  sort(tests) {
    const size = (test) => test.context.hasteFS.getSize(test.path) ?? 0;
    return [...tests].sort((one, other) => rank(one) - rank(other) || size(one) - size(other));
  }
};
