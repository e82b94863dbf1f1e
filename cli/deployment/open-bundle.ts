import { loadProjectIfAny } from "../../config";
import { type Bundle, type DecryptOptions, environmentInName, readBundle } from "../../rollout";

/**
 * Reads a bundle, and decrypts it if it is encrypted: by keys of the accounts that its environment names, and where their regions do not
 * answer by replicas in the environment's.
 * @throws BundleFileError; BundleEncryptionError
 */
export const openBundle = async (file: string): Promise<Bundle> => readBundle(file, decryptOptions(file));

function decryptOptions(file: string): DecryptOptions {
  const name = environmentInName(file);
  const environment = loadProjectIfAny()?.environments.find((one) => one.name === name);
  if (!environment) return {};
  const { account, regions, rollout } = environment.parse();
  const accounts = rollout.bundles.encryptWith.map((arn) => arn.split(":")[4] ?? "");
  return { accounts: [...new Set([account, ...accounts])], regions: [regions.home, ...regions.standby] };
}
