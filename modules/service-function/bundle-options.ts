import type { functionRuntimes, ServiceFunctionConfig } from "./config";

/** The inputs that determine the bytes of a handler's zip, besides the sources. */
export interface BundleOptions extends Pick<ServiceFunctionConfig, "sourceMap" | "external"> {
  /** Source file of the handler, relative to `projectRoot`. */
  readonly entry: string;
  /** Name of the exported function. */
  readonly handler: string;
  readonly runtime: (typeof functionRuntimes)[number];
  /** Absolute path of the folder that `entry` is relative to. */
  readonly projectRoot: string;
  /** Identifiers in the code to replace with these JSON texts, for functions without environment variables. */
  readonly define?: Readonly<Record<string, string>>;
  /** Whether it begins with the runtime's tracing by OpenTelemetry, which other handlers do not carry. */
  readonly openTelemetry?: boolean;
  /** Whether it begins with what asks STS for identity tokens, whose client other handlers do not carry. */
  readonly identityTokens?: boolean;
}

/** The zip of one handler. */
export interface HandlerZip {
  readonly bytes: Uint8Array;
  readonly unzippedBytes: number;
}

/** A handler that cannot be bundled: `<what is wrong>; <what to do>`. */
export class BundleError extends Error {
  override readonly name = "BundleError";

  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}

/** The options as text, without the project's path on this machine. The same text and sources give the same bytes. */
export function bundleIdentity(options: BundleOptions): string {
  const { entry, handler, runtime, sourceMap, external, openTelemetry, identityTokens } = options;
  const defined = sortedDefine(options);
  return JSON.stringify({
    entry,
    handler,
    runtime,
    sourceMap,
    external: [...external].sort(),
    // Omitted if empty, so that other functions keep their bytes and asset names.
    ...(defined.length > 0 ? { define: defined } : {}),
    ...(openTelemetry ? { openTelemetry } : {}),
    ...(identityTokens ? { identityTokens } : {}),
  });
}

/** The defined constants in a fixed order, because esbuild writes them in the order in which it gets them. */
export function sortedDefine({ define = {} }: Pick<BundleOptions, "define">): [string, string][] {
  return Object.entries(define).sort(([one], [other]) => (one < other ? -1 : 1));
}
