import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFolders } from "../../rehearsal/stack-folders";

interface SynthesizedStack {
  readonly resource?: Record<string, Record<string, { readonly provider?: string }>>;
}

/** The region of each resource of a cdktf output folder, by `<stack> <address>`: the alias of its provider, `-` without one. */
export function resourceRegions(output: string): Map<string, string> {
  const regions = new Map<string, string>();
  for (const { name, folder } of readStackFolders(output)) {
    const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as SynthesizedStack;
    for (const [type, resources] of Object.entries(stack.resource ?? {})) {
      for (const [id, { provider }] of Object.entries(resources)) {
        regions.set(`${name} ${type}.${id}`, provider?.split(".")[1] ?? "-");
      }
    }
  }
  return regions;
}
