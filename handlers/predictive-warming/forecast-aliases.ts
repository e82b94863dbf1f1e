import { WarmingError } from "./warming-error.js";

/** An alias that is forecast, with its limits. */
export interface ForecastAlias {
  readonly functionName: string;
  readonly aliasName: string;
  /** The least and the most that it is ever given, in environments. */
  readonly min: number;
  readonly max: number;
  /** Share of the hours that the forecast is to cover. */
  readonly coverage: number;
}

/** The aliases of `ALIASES`: `<function>:<alias>=<min>-<max>@<coverage>`, with spaces between. @throws WarmingError for anything else */
export function readAliases(text: string): readonly ForecastAlias[] {
  return text.split(" ").map((entry) => {
    const [, functionName, aliasName, min, max, coverage] =
      /^([\w-]{1,64}):([\w-]+)=(\d+)-(\d+)@(0\.\d+)$/.exec(entry) ?? [];
    const alias = { min: Number(min), max: Number(max), coverage: Number(coverage) };
    if (functionName === undefined || aliasName === undefined || !(alias.min <= alias.max)) {
      throw new WarmingError(
        "ALIASES is not a list of aliases",
        "write <function>:<alias>=<min>-<max>@<coverage>, with spaces between",
      );
    }
    return { functionName, aliasName, ...alias };
  });
}

/** What Application Auto Scaling calls it. @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html */
export const resourceIdOf = ({ functionName, aliasName }: ForecastAlias): string =>
  `function:${functionName}:${aliasName}`;
