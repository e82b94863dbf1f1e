/** The package of an engine that an error says is not installed; undefined for any other error. */
export function missingEngine(error: unknown): string | undefined {
  const { code, message = "" } = (error ?? {}) as { code?: unknown; message?: string };
  if (code !== "MODULE_NOT_FOUND") return undefined;
  return /Cannot find module '((?:cdktf|cdktn|constructs|@cdktf\/provider-aws|@cdktn\/provider-aws)(?=['/]))/.exec(
    message,
  )?.[1];
}

/** Whether something failed because the engine, which a project installs beside this toolkit, is not there. */
export const isWithoutEngine = (error: unknown): boolean => missingEngine(error) !== undefined;
