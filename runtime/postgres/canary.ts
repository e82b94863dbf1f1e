import { integer, readEnvironment, string } from "../environment/environment.js";
import { VersionCanary } from "../secrets/version-canary.js";
import { Settings } from "../settings/settings.js";
import { parameterStoreSource } from "../settings/settings-source.js";

/**
 * The canary of the database user's login, if DATABASE_CANARY_PATH and DATABASE_CANARY_NAME configure one;
 * pass it to `postgresFromEnvironment`. It is separate because it adds the client of Parameter Store to the bundle.
 * @throws EnvironmentError
 */
export function databaseCanaryFromEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): VersionCanary | undefined {
  const environment = readEnvironment(
    {
      AWS_REGION: string(),
      DATABASE_CANARY_NAME: string().default(""),
      DATABASE_CANARY_PATH: string().default(""),
    },
    variables,
  );
  const { AWS_REGION: region, DATABASE_CANARY_NAME: name, DATABASE_CANARY_PATH: path } = environment;
  if (!path) return undefined;
  const settings = new Settings({
    source: parameterStoreSource({ path, region }),
    settings: { "share-percent": integer(0, 100) },
  });
  return new VersionCanary({ name, sharePercent: () => settings.get("share-percent") });
}
