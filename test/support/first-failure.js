const { writeFileSync } = require("node:fs");

/** A jest reporter that writes the name of the first test that fails to the file in FIRST_FAILURE. */
module.exports = class FirstFailure {
  onTestResult({ path }, { testResults, testExecError }) {
    if (this.found) return;
    const failed = testResults.find(({ status }) => status === "failed");
    if (!failed && !testExecError) return;
    this.found = true;
    writeFileSync(process.env.FIRST_FAILURE, failed?.fullName ?? `${path} cannot be loaded: ${testExecError.message}`);
  }
};
