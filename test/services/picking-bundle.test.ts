import { basename, resolve } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { bundlerOptions } from "../../modules/service-function/bundle-build";

const projectRoot = resolve(__dirname, "../..");

/**
 * 286 KB at the cold start when this was written, most of it the client of DynamoDB, 13 KB the circuit breaker before the warehouse; and 452 KB in all, with
 * the clients of EventBridge and Systems Manager, and metrics. Growth beyond the limits is to be a decision, and runtime/README.md to say what it buys.
 */
const limits = { "at the cold start": 294_000, "in all": 465_000 };

/** What only parts have that the handler must not pay for. */
const foreign =
  /cdktf|constructs|zod\/v4\/classic|zod\/v3|powertools.*\/(idempotency|parser)|runtime\/(http\/http-api|postgres)/;

describe("the bundle of the picking service", () => {
  let outputs: Metafile["outputs"];

  beforeAll(() => {
    const options = { entry: "services/picking/handler.ts", runtime: "nodejs22.x", sourceMap: false } as const;
    const bundler = bundlerOptions({ ...options, external: [], handler: "handler", projectRoot });
    const { metafile } = buildSync({ ...bundler, write: false, outdir: "out" });
    outputs = Object.fromEntries(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  });

  /** The names of the files that are loaded with one, of all or of the imports that are not dynamic. */
  function loadedWith(name: string, all: boolean, found = new Set<string>()): Set<string> {
    found.add(name);
    for (const { path, external, kind } of outputs[name]?.imports ?? []) {
      if (external || found.has(basename(path)) || (kind === "dynamic-import" && !all)) continue;
      loadedWith(basename(path), all, found);
    }
    return found;
  }

  it.each(Object.entries(limits))("is, %s, at most %d bytes", (when, limit) => {
    const sizes = [...loadedWith("index.mjs", when === "in all")].map((name) => outputs[name]?.bytes ?? 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limit);
  });

  it("holds nothing that synthesizes, and no part that it does not use", () => {
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs).toEqual(expect.arrayContaining(["runtime/streams/stream-consumer.ts"]));
    expect(inputs.filter((path) => foreign.test(path))).toEqual([]);
  });

  it("publishes, and reads how a breaker is forced, by clients that the first use loads", () => {
    const inputs = [...loadedWith("index.mjs", false)].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}));
    expect(inputs.filter((path) => /client-(eventbridge|ssm)/.test(path))).toEqual([]);
  });
});
