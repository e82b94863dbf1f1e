module.exports = {
  testMatch: ["<rootDir>/test/**/*.spec.ts"],
  modulePathIgnorePatterns: ["<rootDir>/.evenkeel/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
  },
  // Not the temporary directory, where nothing is left of a run.
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  testTimeout: 600_000,
};
