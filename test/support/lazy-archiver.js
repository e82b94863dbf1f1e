/**
 * Stands in for `archiver`, which cdktf loads for assets that nobody here has: with all that it pulls in it is half of what loading
 * cdktf takes, in each test file. The real one is loaded by its path when it is called.
 */
module.exports = Object.assign((...args) => require("archiver/index.js")(...args), {
  create: (...args) => require("archiver/index.js").create(...args),
});
