import type { ServiceFunctionConfig } from "./config";

/** What decides the bytes of a handler's zip, next to the sources themselves. */
export interface BundleOptions
  extends Pick<ServiceFunctionConfig, "entry" | "handler" | "runtime" | "sourceMap" | "external"> {
  /** Absolute path of the folder that `entry` starts from. */
  readonly projectRoot: string;
  /** Identifiers in the code that become these JSON texts, for functions that have no environment variables. */
  readonly define?: Readonly<Record<string, string>>;
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
export function bundleIdentity(options: BundleOptions): string {
  const { entry, handler, runtime, sourceMap, external } = options;
  const defined = sortedDefine(options);
  return JSON.stringify({
    entry,
    handler,
    runtime,
    sourceMap,
    external: [...external].sort(),
    // Left out when empty, so that other functions keep their bytes and asset names.
    ...(defined.length > 0 ? { define: defined } : {}),
  });
}

/** What is defined, in an order of its own: esbuild writes constants in the order that it is given. */
export function sortedDefine({ define = {} }: Pick<BundleOptions, "define">): [string, string][] {
  return Object.entries(define).sort(([one], [other]) => (one < other ? -1 : 1));
}
