import type { Command } from "commander";

/**
 * Adds one verb to the command line. What a verb does is loaded when it is called: `simulate` starts fast, and works
 * whatever state the environments are in.
 */
export type Verb = (program: Command) => void;
