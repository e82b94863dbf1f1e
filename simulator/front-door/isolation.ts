import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { shellWords } from "./command-line";

const fileIn = (directory: string): string => path.join(directory, "environment.json");

/** Keeps the variables that every Terraform of a simulated cloud gets; `undefined` for those that it must not have. */
export function writeIsolation(directory: string, isolation: NodeJS.ProcessEnv): void {
  const variables = Object.entries(isolation).map(([name, value]) => [name, value ?? null]);
  writeFileSync(fileIn(directory), JSON.stringify(Object.fromEntries(variables)));
}

/** Shell commands that put back what the simulated command has changed of these variables. */
export function restoredIsolation(directory: string, env: NodeJS.ProcessEnv): string[] {
  const file = fileIn(directory);
  const wanted = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string | null>) : {};
  const added = Object.keys(env).filter((name) => name.startsWith("AWS_ENDPOINT_URL_") && !(name in wanted));
  const changed = Object.entries(wanted).filter(([name, value]) => (env[name] ?? null) !== value);
  return [
    ...added.map((name) => `unset ${name}`),
    ...changed.map(([name, value]) => (value === null ? `unset ${name}` : `export ${name}=${shellWords([value])}`)),
  ];
}
