import { join } from "node:path";
import { appCommand } from "../terraform";
import { aimTable } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved } from "./measure";
import { withoutShortcuts } from "./without-shortcuts";

/** What a person waits for who synthesizes prod from source. */
export const synthBenchmark: Benchmark = {
  name: "synth",
  about:
    "prod from source. Before: `cdktf synth` with an app that runs tsc over the toolkit first. Verbs such as " +
    "plan and deploy run the app themselves, without the CLI.",
  async run({ times, scratch }) {
    const cli = join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
    const tsc = join("node_modules", "typescript", "bin", "tsc");
    const env = { ENVIRONMENT: "prod", CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };
    const viaCli = (app: string, more: NodeJS.ProcessEnv = {}): Command => ({
      program: process.execPath,
      args: [cli, "synth", "--app", app, "--output", join(scratch, "cli")],
      env: { ...env, ...more },
    });
    // Without its output, which would make the compiled code newer for the next command: the real one took a little longer.
    const compiled = `node ${tsc} --project tsconfig.build.json --noEmit && node ${join("dist", "main.js")}`;
    const app = appCommand();
    const results = await interleaved(
      {
        // As it was before: compiled in advance, with all literals through the engine.
        before: viaCli(compiled, withoutShortcuts),
        now: viaCli(app),
        verb: shell(app, { ...env, CDKTF_OUTDIR: join(scratch, "verb") }),
      },
      times,
    );
    const to = results.before;
    return aimTable("synthesis of prod", "before", [
      { name: "cdktf synth, tsc first (before)", run: to, to },
      { name: "cdktf synth", run: results.now, to, aim: 0.5 },
      { name: "as the verbs do it", run: results.verb, to, aim: 0.17 },
    ]);
  },
};

const shell = (command: string, env: NodeJS.ProcessEnv): Command =>
  process.platform === "win32"
    ? { program: "cmd", args: ["/d", "/s", "/c", command], env }
    : { program: "sh", args: ["-c", command], env };
