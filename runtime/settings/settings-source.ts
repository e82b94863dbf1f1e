import type { SSMClient } from "@aws-sdk/client-ssm";
import { onDemand } from "../aws/on-demand.js";

/** The texts of all settings, by the last part of their names. */
export type SettingTexts = Readonly<Record<string, string>>;

/** Where settings can be read. */
export type SettingsSource = () => Promise<SettingTexts>;

/** What reading settings needs. */
export interface ParameterStoreSourceOptions {
  /** `/<environment>/<service>`: the settings are the parameters right below it. */
  readonly path: string;
  /** The function's own region: Parameter Store does not replicate. */
  readonly region: string;
  /** For tests and private endpoints; made for the region by default. */
  readonly client?: SSMClient;
}

/**
 * A source that reads all parameters right below a path, ten with each request. The client is loaded with the first read.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 */
export function parameterStoreSource({ path, region, client }: ParameterStoreSourceOptions): SettingsSource {
  const reader = onDemand(async () => (await import("./parameter-store.js")).pageReader(region, client));
  return async () => {
    const read = await reader();
    const texts: Record<string, string> = {};
    let NextToken: string | undefined;
    do {
      const page = await read(path, NextToken);
      for (const { Name, Value } of page.Parameters ?? []) {
        if (Name !== undefined && Value !== undefined) texts[Name.slice(path.length + 1)] = Value;
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return texts;
  };
}
