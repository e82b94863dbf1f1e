module.exports = {
  testMatch: ["<rootDir>/test/**/*.spec.ts"],
  modulePathIgnorePatterns: ["<rootDir>/.evenkeel/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
  },
  testTimeout: 600_000,
};
