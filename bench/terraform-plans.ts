import { readSynthesizedStacks, runProcess } from "../terraform";

/** `node terraform-plans.js <output folder>`: what a person would type, stack by stack. */
async function planEach(output: string): Promise<void> {
  for (const { folder, name } of readSynthesizedStacks(output)) {
    for (const args of [
      ["init", "-input=false"],
      ["plan", "-input=false", "-lock-timeout=60s"],
    ]) {
      const { code, stderr } = await runProcess("terraform", args, { cwd: folder, env: process.env });
      if (code !== 0) throw new Error(`terraform ${args.join(" ")} of ${name} ended with ${code}: ${stderr}`);
    }
  }
}

const [, , output = ""] = process.argv;
void planEach(output);
