import { parseArgs } from "node:util";
import { isStage, stages } from "../contract";
import { ConfigError, showReceived } from "../modules/core";
import type { ResolveOptions } from "./define-environment";

/**
 * What a rehearsal changes in the environments: `--stage <stage>` and `--standby <region>[,<region>...]`.
 * @throws ConfigError outside of the simulated cloud, where only the environment's file decides, and for an unknown stage
 */
export function rehearsedOptions(
  args: readonly string[],
  simulated: boolean,
): Pick<ResolveOptions, "stage" | "standby"> {
  const { stage, standby } = optionsIn(args);
  if (!simulated) {
    const issues = Object.entries({ "--stage": stage, "--standby": standby }).flatMap(([path, received]) =>
      received === undefined ? [] : [{ path, message: onlySimulated, received }],
    );
    if (issues.length > 0) throw new ConfigError("rehearsal", issues);
  }
  if (stage !== undefined && !isStage(stage)) {
    throw new ConfigError("rehearsal", [
      {
        path: "--stage",
        message: `is not a stage; use one of ${stages.join(", ")}`,
        received: showReceived(stage, []),
      },
    ]);
  }
  return { stage, standby: standby?.split(",").filter((region) => region !== "") };
}

/** @throws ConfigError for anything but the two options */
function optionsIn(args: readonly string[]): { readonly stage?: string; readonly standby?: string } {
  try {
    const options = { stage: { type: "string" }, standby: { type: "string" } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    const message = "are not the options of the app; use --stage <stage> and --standby <region>[,<region>...]";
    throw new ConfigError("rehearsal", [{ path: "arguments", message, received: showReceived(args, []) }]);
  }
}

const onlySimulated =
  "can only be rehearsed on the simulated cloud; change it in the environment's file, which is reviewed";
