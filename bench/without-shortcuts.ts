/** Variables that turn off every shortcut of a synthesis which can be turned off, to compare with: docs/performance.md lists them. */
export const withoutShortcuts: NodeJS.ProcessEnv = {
  EVENKEEL_DIRECT_LITERALS: "off",
  EVENKEEL_MODULE_CACHE: "off",
  EVENKEEL_OPTIMIZE_LATER: "off",
  EVENKEEL_LOAD_LATER: "off",
  EVENKEEL_WRITE_SORTED: "off",
  EVENKEEL_PASSED_CHECKS: "off",
};
