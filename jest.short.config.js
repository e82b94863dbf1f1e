const base = require("./jest.config.js");
const longer = require("./test/support/longer.js");

/** What `npm test` runs: everything but what takes long, which is left to `npm run test:full`. */
module.exports = { ...base, testPathIgnorePatterns: [...base.testPathIgnorePatterns, ...longer] };
