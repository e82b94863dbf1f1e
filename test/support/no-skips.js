/** A jest reporter that fails the run when a test was skipped: CI has everything that the tests need. */
module.exports = class NoSkips {
  onRunComplete(_contexts, { numPendingTests, numTodoTests, testResults }) {
    if (numPendingTests + numTodoTests === 0) return;
    const skipped = testResults.flatMap((file) =>
      file.testResults
        .filter(({ status }) => status !== "passed" && status !== "failed")
        .map(({ fullName }) => fullName),
    );
    this.error = new Error(`skipped, but every test has to run here:\n  ${skipped.join("\n  ")}`);
    // Jest ends with code 1 for it, but says nothing.
    process.stderr.write(`\n${this.error.message}\n`);
  }

  getLastError() {
    return this.error;
  }
};
