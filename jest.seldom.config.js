const base = require("./jest.full.config.js");
const seldom = require("./test/support/seldom.js");

/** The long proofs that are run seldom, by `npm run test:soak -- --proofs`. */
module.exports = {
  ...base,
  testMatch: seldom.map((name) => `<rootDir>/test/full/${name}.test.ts`),
  testPathIgnorePatterns: ["/node_modules/"],
};
