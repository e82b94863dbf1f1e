import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stages } from "../config";
import project from "../evenkeel.config";

/**
 * `npm run compare -- <commit>`: synthesizes every environment at every stage with this checkout and with another commit, and
 * names each file that differs. Hashes of assets are ignored, because a bundle changes with the code of its handler.
 */

function main(commit: string): number {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-compare-"));
  const other = join(folder, "other");
  execFileSync("git", ["worktree", "add", "--detach", "--quiet", other, commit]);
  try {
    symlinkSync(resolve("node_modules"), join(other, "node_modules"));
    execFileSync("npx", ["tsc", "--project", "tsconfig.build.json"], { cwd: other, stdio: "inherit" });
    const rows = project.environments.flatMap(({ name: environment }) =>
      stages.map((stage) => {
        const [theirs, ours] = [other, process.cwd()].map((project, index) =>
          stacksOf(project, join(folder, String(index)), environment, stage),
        );
        const names = [...new Set([...Object.keys(theirs ?? {}), ...Object.keys(ours ?? {})])];
        const different = names.filter((name) => theirs?.[name] !== ours?.[name]);
        return { environment, stage, stacks: names.length, different };
      }),
    );
    for (const { environment, stage, stacks, different } of rows) {
      process.stdout.write(`${environment} at ${stage}: ${stacks} stacks, ${different.join(", ") || "all the same"}\n`);
    }
    return rows.some(({ different }) => different.length > 0) ? 1 : 0;
  } finally {
    execFileSync("git", ["worktree", "remove", "--force", other]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of each stack and of the manifest, without the hashes of assets. */
function stacksOf(project: string, output: string, environment: string, stage: string): Record<string, string> {
  rmSync(output, { recursive: true, force: true });
  execFileSync(process.execPath, [join("dist", "main.js"), "--stage", stage], {
    cwd: project,
    env: { ...process.env, ENVIRONMENT: environment, CDKTF_OUTDIR: output, EVENKEEL_SIMULATED: ".evenkeel/simulated" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stacks = readdirSync(join(output, "stacks")).map((name): [string, string] => [
    name,
    // The path of the state is relative to the output folder, which differs between the two.
    readFileSync(join(output, "stacks", name, "cdk.tf.json"), "utf8")
      .replace(/("source(?:_code)?_hash": )"[^"]*"/g, '$1"..."')
      .replace(/("(?:filename|source)": "assets\/[^/]*\/)[^"]*"/g, '$1..."')
      .replace(/("path": ")[^"]*(\.evenkeel\/)/g, "$1$2"),
  ]);
  const manifest = join(output, "manifest.json");
  return { ...Object.fromEntries(stacks), ...(existsSync(manifest) && { manifest: readFileSync(manifest, "utf8") }) };
}

process.exitCode = main(process.argv[2] ?? "HEAD");
