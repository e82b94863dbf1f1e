import { App } from "cdktf";
import { readStackFolders, TerraformStack } from "../../terraform";

/**
 * Synthesizes the one stack that is built.
 * @param output folder that is written into
 * @param env variables of Terraform
 */
export function oneStack(output: string, env: NodeJS.ProcessEnv, build: (app: App) => void): TerraformStack {
  const app = new App({ outdir: output, stackTraces: false });
  build(app);
  app.synth();
  const [folder] = readStackFolders(output);
  if (!folder) throw new Error("nothing was synthesized");
  return new TerraformStack(folder, env);
}
