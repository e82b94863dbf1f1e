import { parseArgs } from "node:util";
import { isStage, stages } from "../contract";
import { ConfigError } from "../modules/core";
import type { ResolveOptions } from "./define-environment";

/**
 * What a rehearsal changes in the environments: `--stage <stage>` and `--standby <region>[,<region>...]`.
 * @throws ConfigError outside of the simulated cloud, where only the environment's file decides, and for an unknown stage
 */
export function rehearsedOptions(
  args: readonly string[],
  simulated: boolean,
): Pick<ResolveOptions, "stage" | "standby"> {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, standby: { type: "string" } },
  });
  const { stage, standby } = values;
  if (!simulated) {
    const issues = Object.entries({ "--stage": stage, "--standby": standby }).flatMap(([path, received]) =>
      received === undefined ? [] : [{ path, message: onlySimulated, received }],
    );
    if (issues.length > 0) throw new ConfigError("rehearsal", issues);
  }
  if (stage !== undefined && !isStage(stage)) {
    throw new ConfigError("rehearsal", [
      { path: "--stage", message: `is not a stage; use one of ${stages.join(", ")}`, received: stage },
    ]);
  }
  return { stage, standby: standby?.split(",").filter((region) => region !== "") };
}

const onlySimulated =
  "can only be rehearsed on the simulated cloud; change it in the environment's file, which is reviewed";
