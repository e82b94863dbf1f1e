import project from "../../evenkeel.config";
import { runGates } from "../../gates";

/** Checks plan files with the gates of the toolkit and of the project. @returns the exit code */
export const gate = (files: readonly string[]): number => runGates(files, undefined, project);
