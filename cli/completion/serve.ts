import { getShellFromEnv, log, logFiles, parseEnv } from "@pnpm/tabtab";
import type { Command } from "commander";
import { complete } from "./complete";
import { projectValues } from "./project-values";

/** Answers a completion script, which says by variables how far the command line is. */
export function serve(program: Command): void {
  const shell = getShellFromEnv(process.env);
  // The first word is the program.
  const [, ...words] = parseEnv(process.env).partial.split(/\s+/);
  const completion = complete(program, words, projectValues);
  // bash goes on with files by itself where there is no candidate.
  if (completion !== "files") log([...completion], shell);
  else if (shell !== "bash") logFiles();
}
