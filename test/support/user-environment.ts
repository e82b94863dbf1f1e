/**
 * The environment of commands that a test runs as a user would, in a project of theirs.
 * @param temporary where npm and Jest of the project keep their caches
 */
export const userEnvironment = (temporary: string): NodeJS.ProcessEnv => ({
  CI: "1",
  NODE_DISABLE_COMPILE_CACHE: "1",
  NO_COLOR: "1",
  TMPDIR: temporary,
  npm_config_prefer_offline: "true",
  npm_config_update_notifier: "false",
});
