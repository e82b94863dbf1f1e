import { join } from "node:path";
import { aimTable } from "./aim";
import type { Benchmark } from "./benchmark";
import { interleaved } from "./measure";

/** The demonstration, and the same three stages through the CLI. */
export const demoBenchmark: Benchmark = {
  name: "demo",
  about: "`npm run demo`. Before: the same stages of the same environment with `cdktf deploy`, on the simulated cloud.",
  async run({ times, scratch }) {
    const program = process.execPath;
    const results = await interleaved(
      {
        before: { program, args: [join(__dirname, "demo-through-cdktf.js"), join(scratch, "demo")] },
        now: { program, args: [join("dist", "cli", "main.js"), "demo"] },
      },
      Math.min(times, 3),
    );
    const to = results.before;
    return aimTable("demo", "before", [
      { name: "through cdktf deploy (before)", run: to, to },
      { name: "evenkeel demo", run: results.now, to, aim: 0.6 },
    ]);
  },
};
