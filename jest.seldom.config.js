const base = require("./jest.full.config.js");
const { all: seldom, variable } = require("./test/support/seldom.js");

// Workers inherit it.
process.env[variable] = "1";

/** The long proofs that are run seldom, by `npm run test:soak -- --proofs`. */
module.exports = {
  ...base,
  testMatch: seldom.map((name) => `<rootDir>/test/full/${name}.test.ts`),
  testPathIgnorePatterns: ["/node_modules/"],
};
