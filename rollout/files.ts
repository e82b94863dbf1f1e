import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

/** SHA-256 of bytes, in hex. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of the content of a file, in hex. */
export const sha256OfFile = (file: string): string => sha256(readFileSync(file));

/** The text of a file; undefined where there is none. */
export const contentOf = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;
