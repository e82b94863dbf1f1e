/** Every test but those in test/full; `npm test` runs `jest.short.config.js`, and `npm run test:full` the rest. */
module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/full/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.evenkeel/", "<rootDir>/cdktf.out/"],
  // The package by its name, as environments import it.
  moduleNameMapper: {
    "^evenkeel$": "<rootDir>/index.ts",
    "^cdktf$": "<rootDir>/test/support/faster-engine.js",
    "^json-stable-stringify$": "<rootDir>/test/support/sorted-writer.js",
    "^archiver$": "<rootDir>/test/support/lazy-archiver.js",
    // What runs in Lambda names its imports as they are called once compiled.
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
  transform: {
    "/otlp-exporter-base/.+\\.js$": ["@swc/jest", { module: { type: "commonjs" } }],
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  // It loads Node.js's http by import(), which Jest's modules cannot.
  transformIgnorePatterns: ["/node_modules/(?!@opentelemetry/otlp-exporter-base/)"],
  // Not the temporary directory, where nothing is left of a run.
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  globalSetup: "<rootDir>/test/support/clean-run-setup.js",
  globalTeardown: "<rootDir>/test/support/clean-run-teardown.js",
  testEnvironment: "<rootDir>/test/support/clean-environment.js",
  runtime: "<rootDir>/test/support/kept-scripts.js",
  setupFiles: ["<rootDir>/test/support/no-colors.js"],
  setupFilesAfterEnv: ["<rootDir>/test/support/expect-something.js"],
  // Each use of a name that belongs to the context of a test file asks jest for it; these are given to each module as its own.
  sandboxInjectedGlobals: [
    ...["Object", "Array", "Map", "Set", "WeakMap", "JSON", "Math", "String", "Number", "Symbol", "RegExp", "Reflect"],
    ...["Error", "TypeError"],
  ],
  // A busy machine is no failure: tests wait for what happens, and none measures time.
  testTimeout: 60_000,
  // Each worker may run Terraform beside itself, or wait for a program: two leave a quarter of two processors idle.
  maxWorkers: 3,
  reporters: [
    "default",
    "<rootDir>/test/docs/documented-tests.js",
    ...(process.env.EVENKEEL_NO_SKIPS ? ["<rootDir>/test/support/no-skips.js"] : []),
  ],
};
