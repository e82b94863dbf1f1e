import { isStage, type Stage, stages } from "../config";
import { ConfigError } from "../modules/core";
import { suggestion } from "../modules/core/messages";

/** The stage that a verb works on: the one of its option, else the environment's own. @throws ConfigError if it is none */
export function stageOption(verb: string, given: string | undefined, own: string): Stage {
  const stage = given ?? own;
  if (isStage(stage)) return stage;
  throw new ConfigError(`evenkeel ${verb}`, [
    { path: "--stage", message: `is not a stage; ${suggestion(stage, stages)}`, received: stage },
  ]);
}
