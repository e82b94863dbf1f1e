import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundlerOptions } from "../../modules/service-function";

/** Something of the code under test that is broken, to see whether the count notices. */
interface Breakage {
  readonly file: RegExp;
  readonly from: string;
  readonly to: string;
  /** What it does, for the page. */
  readonly what: string;
  /** What the count says of it. */
  readonly found: string;
}

export const breakages = {
  idempotency: {
    file: /runtime[\\/]events[\\/]handle-once\.ts$/,
    from: 'if (claim.outcome === "completed") return "duplicate";',
    to: 'if (claim.outcome === "completed") return await work().then(() => "processed" as const);',
    what: "events that were handled before are handled again",
    found: "events handled twice",
  },
  returning: {
    file: /runtime[\\/]queues[\\/]queue-consumer\.ts$/,
    from: "await count(thrown, context);\n      throw error;",
    to: "await count(thrown, context);\n      if (!isParked) throw error;",
    what: "messages that were not begun are reported as handled",
    found: "events lost",
  },
  order: {
    file: /runtime[\\/]queues[\\/]queue-consumer\.ts$/,
    from: 'eventSourceARN.endsWith(".fifo")',
    to: "!eventSourceARN",
    what: "messages of a FIFO queue are handled as those of a standard queue",
    found: "events out of order",
  },
  pausing: {
    file: /handlers[\\/]queue-pausing[\\/]reconcile\.ts$/,
    from: "queue.reads && open.length === 0",
    to: "queue.reads",
    what: "queues are read while a breaker is open",
    found: "queues not paused",
  },
  resuming: {
    file: /handlers[\\/]queue-pausing[\\/]reconcile\.ts$/,
    from: "lambda.enableMapping(queue.mapping, wanted)",
    to: "lambda.enableMapping(queue.mapping, false)",
    what: "queues that are paused stay so",
    found: "queues not resumed, messages left",
  },
} as const satisfies Record<string, Breakage>;

export type BreakageName = keyof typeof breakages;

/** Bundles a handler as for Lambda, with one thing broken if asked. @returns the file to import */
export async function bundled(root: string, entry: string, outdir: string, broken?: BreakageName): Promise<string> {
  const breakage: Breakage | undefined = broken && breakages[broken];
  await build({
    ...bundlerOptions({
      entry,
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      projectRoot: root,
      define: {},
    }),
    ...(breakage && {
      plugins: [
        {
          name: "breaking",
          setup({ onLoad }) {
            onLoad({ filter: breakage.file }, ({ path }) => {
              const source = readFileSync(path, "utf8");
              if (!source.includes(breakage.from))
                throw new Error(`${path} has no ${breakage.from}; correct breakages.`);
              return { contents: source.replace(breakage.from, breakage.to), loader: "ts" };
            });
          },
        },
      ],
    }),
    write: true,
    outdir,
  });
  return join(outdir, "index.mjs");
}
