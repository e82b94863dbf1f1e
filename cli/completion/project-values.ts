import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stages } from "../../contract/stages";
import type { Values } from "./complete";

/** What a project has, as far as its files say so at a glance: a shell waits for it, so nothing is loaded. */
export const projectValues: Values = {
  environment: environments,
  stage: () => stages,
  from: () => stages,
  to: () => stages,
  // Of `cost`.
  by: () => ["capability", "stage", "region", "service"],
  stack: ([environment]) => stacksOf(environment),
  stacks: ([environment]) => stacksOf(environment),
};

/** The environments whose files evenkeel.config.ts imports. */
function environments(): string[] {
  if (!existsSync("evenkeel.config.ts")) return [];
  const source = readFileSync("evenkeel.config.ts", "utf8");
  return [...source.matchAll(/["']\.\/environments\/([\w-]+)(?:\.[jt]s)?["']/g)].flatMap(([, name]) => name ?? []);
}

/** The stacks of an environment as it was last synthesized, without its name in front. */
function stacksOf(environment = ""): string[] {
  const folders = [join(".evenkeel", "deploy", environment, "stacks"), join("cdktf.out", "stacks")];
  const names = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  const own = names.filter((name) => name.startsWith(`${environment}-`));
  return [...new Set(own)].map((name) => name.slice(environment.length + 1)).sort();
}
