import type { Construct } from "constructs";
import { PlainSettings } from "../../modules/plain-settings";
import type { RegionalServiceConfig } from "./config";
import type { PrincipalUse } from "./function-use";

export interface SettingsUseProps {
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
}

/** The plain settings of a service, only in its region, because the services of each region have their own state. */
export function settingsUse(
  scope: Construct,
  { settings }: Pick<RegionalServiceConfig, "settings">,
  { environment, name, region, account }: SettingsUseProps,
): PrincipalUse[] {
  if (!settings) return [];
  const ofRegion = Object.entries(settings).map(([setting, { valueIn, ...rest }]) => {
    const own = Object.entries(valueIn).filter(([valueRegion]) => valueRegion === region);
    return [setting, { ...rest, valueIn: Object.fromEntries(own) }];
  });
  const parameters = new PlainSettings(scope, "settings", {
    config: { settings: Object.fromEntries(ofRegion) },
    path: `/${environment}/${name}`,
    account,
    regions: [region],
  });
  return [{ variables: { SETTINGS_PATH: parameters.path }, connect: (target) => parameters.grantRead(target) }];
}
