/** Unit tests and the shorter deployments; `jest.full.config.js` has the long proofs. */
module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/full/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.evenkeel/", "<rootDir>/cdktf.out/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  setupFiles: ["<rootDir>/test/support/no-colors.js"],
  // A busy machine is no failure: tests wait for what happens, and none measures time.
  testTimeout: 60_000,
  // Each worker may run Terraform beside itself.
  maxWorkers: 2,
  reporters: ["default", ...(process.env.EVENKEEL_NO_SKIPS ? ["<rootDir>/test/support/no-skips.js"] : [])],
};
