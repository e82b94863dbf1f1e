const base = require("./jest.config.js");

/** The long proofs: every environment at every stage, and every promotion, on the simulated cloud. */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/full/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  testSequencer: "<rootDir>/test/support/longest-first.js",
};
