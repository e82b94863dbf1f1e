import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isUserError } from "../../errors";
import { appCommand, cutOffState, erroredState } from "../../terraform";
import { missingEngine } from "../without-engine";
import { type Check, type Finding, fine, wrong } from "./check";

/** The app that cdktf.json names. */
export const app: Check = {
  name: "cdktf.json",
  run: () => {
    try {
      const command = appCommand();
      return [fine(command), ...staleBuild(command)];
    } catch (error) {
      return [asFinding(error)];
    }
  },
};

/** An app that runs compiled code answers from it, however old it is. */
function staleBuild(command: string): Finding[] {
  const [, built] = /(?:^|\s)([\w./-]+\.js)(?:\s|$)/.exec(command) ?? [];
  if (!built || built.includes("node_modules") || /\b(tsc|build)\b/.test(command)) return [];
  const compiled = statSync(built, { throwIfNoEntry: false });
  if (!compiled) return [wrong(`${built}, which the app runs, does not exist`, useSources)];
  const newer = sources(".").filter((file) => statSync(file).mtimeMs > compiled.mtimeMs);
  if (newer.length === 0) return [];
  return [
    wrong(
      `${built}, which the app runs, is older than ${newer.slice(0, 3).join(", ")}`,
      `build again, or ${useSources}`,
    ),
  ];
}

const useSources = 'let cdktf.json run the sources: "app": "node --require evenkeel/register main.ts"';

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || ["node_modules", "dist", "cdktf.out", "test"].includes(entry.name)) return [];
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** Every environment, with its mistakes. */
export const environments: Check = {
  name: "Environments",
  run: async () => {
    try {
      const { loadProject } = await import("../../config/index.js");
      return loadProject()
        .load()
        .map((environment): Finding => {
          try {
            environment.resolve();
            return fine(`${environment.name} has no mistakes`);
          } catch (error) {
            return asFinding(error);
          }
        });
    } catch (error) {
      return [asFinding(error)];
    }
  },
};

/** States that Terraform could not store, or could not write to their end. */
export const leftStates: Check = {
  name: "States",
  run: () => {
    const folders = stackFolders(join(".evenkeel", "deploy"));
    const unstored = folders
      .flatMap((folder) => erroredState(folder) ?? [])
      .map((file) =>
        wrong(
          `${file} is a state that Terraform could not store`,
          "run evenkeel deploy again, which says how to store it; do not delete it",
        ),
      );
    const cutOff = folders
      .flatMap((folder) => cutOffState(folder) ?? [])
      .map((file) =>
        wrong(`${file} is a state that is not whole`, "run evenkeel deploy again, which says how to restore it"),
      );
    const left = [...unstored, ...cutOff];
    return left.length > 0 ? left : [fine("no state was left unstored, and none is cut off")];
  },
};

/** The folders that deployments of every environment run Terraform in. */
function stackFolders(deployments: string): string[] {
  const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  return namesIn(deployments).flatMap((environment) => {
    const stacks = join(deployments, environment, "stacks");
    return namesIn(stacks).map((stack) => join(stacks, stack));
  });
}

function asFinding(error: unknown): Finding {
  const missing = missingEngine(error);
  if (missing !== undefined) return wrong(`${missing} is not installed`, "run npm install");
  if (!isUserError(error)) throw error;
  return wrong(error.message, "correct it");
}
