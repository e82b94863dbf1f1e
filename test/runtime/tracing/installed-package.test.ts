import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "../../..");
const start = join(root, "dist/esm/runtime/tracing/start.js");

describe("The bundle of a project that has the package installed", () => {
  it("begins with what starts tracing, though nothing of the runtime has effects otherwise", () => {
    // npm test builds it.
    expect(existsSync(start)).toBe(true);
    const { metafile } = buildSync({
      stdin: { contents: "export const handler = async () => {};", resolveDir: root },
      inject: [start],
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      mainFields: ["module", "main"],
      outdir: "out",
      absWorkingDir: root,
      write: false,
      metafile: true,
    });
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
    const bytes = inputs.find(([path]) => path.endsWith("dist/esm/runtime/tracing/start.js"))?.[1].bytesInOutput;
    expect(bytes).toBeGreaterThan(0);
  });
});
