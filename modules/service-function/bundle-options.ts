import type { ServiceFunctionConfig } from "./config";

/** What decides the bytes of a handler's zip, next to the sources themselves. */
export interface BundleOptions
  extends Pick<ServiceFunctionConfig, "entry" | "handler" | "runtime" | "sourceMap" | "external"> {
  /** Absolute path of the folder that `entry` starts from. */
  readonly projectRoot: string;
}

/** The zip of one handler. */
export interface HandlerZip {
  readonly bytes: Uint8Array;
  readonly unzippedBytes: number;
}

/** A handler that cannot be bundled: what is wrong and what to do. */
export class BundleError extends Error {
  override readonly name = "BundleError";

  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}

/** The options as text, without the project's place on this machine: equal text and equal sources give equal bytes. */
export function bundleIdentity({ entry, handler, runtime, sourceMap, external }: BundleOptions): string {
  return JSON.stringify({ entry, handler, runtime, sourceMap, external: [...external].sort() });
}
