import { createHash } from "node:crypto";
import type { PipelineSettings, PipelineSystem } from "./settings";

/** A generated file as it is in a project. */
export interface MarkedFile {
  readonly system: PipelineSystem;
  /** What its pipeline was asked to be. */
  readonly settings: PipelineSettings;
  /** Whether somebody has changed it since it was written. */
  readonly edited: boolean;
}

const markers = /^# Written by `evenkeel init pipeline (\w+)`.*\n# evenkeel:pipeline sha256=([0-9a-f]{64}) (\{.*\})\n/;

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The text of a file with a marker before it: what wrote it, the checksum of it all, and what was asked for. */
export function marked(system: PipelineSystem, settings: PipelineSettings, body: string): string {
  const asked = JSON.stringify(settings);
  return [
    `# Written by \`evenkeel init pipeline ${system}\`, which brings it up to date when it runs again, and leaves it alone once it is edited.`,
    `# evenkeel:pipeline sha256=${checksum(asked + body)} ${asked}`,
    body,
  ].join("\n");
}

/** @returns undefined for a file that was not written by `marked` */
export function readMarked(text: string): MarkedFile | undefined {
  // A checkout on Windows has other line ends, and nobody has edited it.
  const unix = text.replaceAll("\r\n", "\n");
  const [marker, system, sum, asked] = markers.exec(unix) ?? [];
  if (marker === undefined || asked === undefined) return undefined;
  const edited = checksum(asked + unix.slice(marker.length)) !== sum;
  try {
    return { system: system as PipelineSystem, settings: JSON.parse(asked) as PipelineSettings, edited };
  } catch {
    return undefined;
  }
}
