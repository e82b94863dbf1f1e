const { writeFileSync } = require("node:fs");

/** A jest reporter that writes the first test that fails, and why, to the file in FIRST_FAILURE. */
module.exports = class FirstFailure {
  onTestResult({ path }, { testResults, testExecError }) {
    if (this.found) return;
    const failed = testResults.find(({ status }) => status === "failed");
    if (!failed && !testExecError) return;
    this.found = true;
    const [why = ""] = failed?.failureMessages ?? [];
    writeFileSync(
      process.env.FIRST_FAILURE,
      failed ? `${failed.fullName}\n${why.slice(0, 1000)}` : `${path} cannot be loaded: ${testExecError.message}`,
    );
  }
};
