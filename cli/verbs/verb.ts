import type { Command } from "commander";

/**
 * Adds one verb to the command line. The code of a verb is loaded when it is called, so `simulate` starts fast and also
 * works while an environment has mistakes.
 */
export type Verb = (program: Command) => void;
