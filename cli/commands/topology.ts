import { join, resolve } from "node:path";
import { appCommand, synthesize } from "../../terraform";
import { topologySvg } from "../../topology";
import type { Outcome } from "../document";
import { topologyDocument } from "../documents/topology";
import project from "../project";
import { stageOption } from "../stage-option";
import { step } from "../step";
import { writtenFile } from "../written-file";

/** Draws what an environment's synthesized output consists of, at its own or another stage. */
export async function topology(name: string, options: { stage?: string; output?: string }): Promise<Outcome> {
  const { input } = project.find(name);
  const stage = stageOption("topology", options.stage, input.stage);
  const directory = join(".evenkeel", "topology");
  // Nothing is deployed: the variable only permits a stage other than the environment's own.
  const env = { EVENKEEL_SIMULATED: directory };
  const output = join(directory, name);
  const file = resolve(options.output ?? join(directory, `${name}-${stage}.svg`));
  const picture = await step(`Drawing ${name} at ${stage}`, async (say) => {
    say("synthesizing");
    const folder = await synthesize({ app: appCommand(), environment: name, stage, output, env });
    return topologySvg(folder, `${name} at ${stage}`);
  });
  writtenFile(file, picture);
  return topologyDocument.outcome({ environment: name, stage, file });
}
