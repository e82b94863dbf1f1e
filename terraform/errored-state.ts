import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Json } from "./json";
import { whereItRan } from "./state-lock";

/** Where Terraform leaves a state that it could not store. */
export const erroredStateFile = "errored.tfstate";

/** The path of the state that Terraform could not store from a stack's folder; undefined if there is none. */
export function erroredState(folder: string): string | undefined {
  const file = join(folder, erroredStateFile);
  return existsSync(file) ? file : undefined;
}

/**
 * Removes the file if the stored state is the same by now, as after `terraform state push`.
 * @param pulled what `terraform state pull` printed
 * @returns whether it was the same
 */
export function removeIfPushed(file: string, pulled: string): boolean {
  const [errored, stored] = [parse(readFileSync(file, "utf8")), parse(pulled)];
  // A push may count the serial up; the same lineage with the same content is the same state.
  const same = (["lineage", "resources", "outputs"] as const).every(
    (part) => errored?.[part] !== undefined && isDeepStrictEqual(errored[part], stored?.[part]),
  );
  if (same) rmSync(file);
  return same;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What a state is that could not be stored, and the commands that store it. */
export function explainErroredState(file: string, folder: string, program: string, env: NodeJS.ProcessEnv): string {
  return [
    `Terraform could not store the state of an earlier run. It is in ${file}, and nowhere else:`,
    "what that run made in AWS is only known there. Nothing more is done to this stack until it is stored:",
    `  ${whereItRan(env)}${program} -chdir=${folder} state push ${erroredStateFile}`,
    "If the state was stored in another way, remove the file.",
  ].join("\n");
}
