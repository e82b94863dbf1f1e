/** Errors that tell the user what to do; any other is a defect and keeps its stack trace. */
const forUsers = new Set([
  "ConfigError",
  "ConstructError",
  "SimulatorError",
  "CdktfError",
  "RehearsalError",
  "TopologyError",
]);

/** Runs one verb: its number becomes the exit code, an error meant for the user becomes one message. */
export async function runVerb(verb: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await verb();
  } catch (error) {
    if (!(error instanceof Error) || !forUsers.has(error.name)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
