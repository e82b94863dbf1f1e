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
  /** Share of what the region that serves needs that is kept here for it, in a region that stands by. */
  readonly share?: number;
}

/** The aliases of `ALIASES`: `<function>:<alias>=<min>-<max>@<coverage>`, perhaps with `*<share>`, with spaces between. @throws WarmingError for anything else */
export function readAliases(text: string): readonly ForecastAlias[] {
  return text.split(" ").map((entry) => {
    const [, functionName, aliasName, min, max, coverage, share] =
      /^([\w-]{1,64}):([\w-]+)=(\d+)-(\d+)@(0\.\d+)(?:\*(1|0\.\d+))?$/.exec(entry) ?? [];
    const alias = {
      min: Number(min),
      max: Number(max),
      coverage: Number(coverage),
      ...(share !== undefined && { share: Number(share) }),
    };
    if (functionName === undefined || aliasName === undefined || !(alias.min <= alias.max)) {
      throw new WarmingError(
        "ALIASES is not a list of aliases",
        "write <function>:<alias>=<min>-<max>@<coverage>, with spaces between, and *<share> behind it for a standby region",
      );
    }
    return { functionName, aliasName, ...alias };
  });
}

/** What Application Auto Scaling calls it. @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html */
export const resourceIdOf = ({ functionName, aliasName }: ForecastAlias): string =>
  `function:${functionName}:${aliasName}`;
