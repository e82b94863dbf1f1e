const base = require("./jest.config.js");
const longer = require("./test/support/longer.js");
const { only: seldom } = require("./test/support/seldom.js");

/**
 * The long proofs: every environment at every stage, and every promotion, on the simulated cloud; and what `npm test` leaves out.
 * `jest.seldom.config.js` has others.
 */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/full/**/*.test.ts", ...longer],
  testPathIgnorePatterns: ["/node_modules/", ...seldom.map((name) => `<rootDir>/test/full/${name}\\.test\\.ts$`)],
  // They wait for Terraform, moto and browsers: two would leave a quarter of two processors idle.
  maxWorkers: 3,
  testSequencer: "<rootDir>/test/support/longest-first.js",
};
