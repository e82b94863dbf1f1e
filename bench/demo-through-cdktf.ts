import { rmSync } from "node:fs";
import { join } from "node:path";
import { stages } from "../config";
import { startSimulator } from "../simulator";
import { appCommand, cdktf, rehearsedApp } from "../terraform";

/** `node demo-through-cdktf.js <folder>`: deploys the sandbox at every stage in turn, on an empty simulated cloud, through cdktf-cli. */
async function everyStage(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  const simulator = await startSimulator({ directory });
  try {
    for (const stage of stages) {
      await cdktf(["deploy", "sandbox-*", "--auto-approve", "--app", rehearsedApp(appCommand(), stage)], {
        ...simulator.env,
        ENVIRONMENT: "sandbox",
        CDKTF_OUTPUT: join(directory, stage),
      });
    }
  } finally {
    await simulator.stop();
  }
}

const [, , directory = ""] = process.argv;
void everyStage(directory);
