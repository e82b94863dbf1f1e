import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type Json, objectOf } from "./json";
import { readConfiguration } from "./missing-providers";

/** The file of a local state by a configuration's `backend` block; undefined for a backend that is elsewhere or says no path. */
export function localStateFile(backend: Json, folder: string): string | undefined {
  const { path } = objectOf(backend.local);
  if (typeof path !== "string") return undefined;
  return isAbsolute(path) ? path : join(folder, path);
}

/**
 * The file of a stack's local state if it is empty or breaks off, which Terraform leaves when it is killed while it writes: it
 * empties the file first, and takes an empty one for a stack without resources the next time.
 * @param folder the stack's
 * @returns undefined for a state that is whole, for none, and for one in S3, where an object is replaced at once
 */
export function cutOffState(folder: string): string | undefined {
  const { backend } = objectOf(readConfiguration(folder).terraform);
  const file = localStateFile(objectOf(backend), folder);
  return file && existsSync(file) && !isWhole(file) ? file : undefined;
}

/** What such a state is, and the command after which Terraform can go on. */
export function explainCutOffState(file: string): string {
  const backup = `${file}.backup`;
  return [
    `The state ${file} is not whole: Terraform was killed while it wrote it. Terraform would take an empty one for a stack without`,
    "resources, and what stands in AWS would be in no state. Nothing more is done to this stack until it is whole.",
    ...(isWhole(backup)
      ? [
          "Terraform keeps the state as it was before that run beside it. Put it back:",
          `  cp ${backup} ${file}`,
          "What that run destroyed is then found to be gone. What it made is in no state: import it, or delete it in AWS.",
        ]
      : [
          "There is no state of before that run beside it. If that run was the first one of this stack, remove it:",
          `  rm ${file}`,
          "What that run made is in no state: import it, or delete it in AWS. After any other run, restore a copy of the state.",
        ]),
  ].join("\n");
}

function isWhole(file: string): boolean {
  try {
    return typeof (JSON.parse(readFileSync(file, "utf8")) as { version?: unknown }).version === "number";
  } catch {
    return false;
  }
}
