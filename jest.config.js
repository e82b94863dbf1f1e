/** Unit tests and the shorter deployments; `jest.full.config.js` adds the long proofs. */
module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/dist/", "<rootDir>/.evenkeel/", "<rootDir>/test/full/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.evenkeel/", "<rootDir>/cdktf.out/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  maxWorkers: 2,
};
