import type { Charge, PricedResource, Pricings } from "../../contract";
import { blocksOf, charge, free } from "./parts";

const key = (): readonly Charge[] => charge("kms.keys", 1, "1 key");

/** A replica is a secret of its own, in its region. */
function secret({ values }: PricedResource): readonly Charge[] {
  const regions = blocksOf(values.replica).map(({ region }) => String(region));
  return [
    ...charge("secrets.secrets", 1, "1 secret"),
    ...regions.flatMap((region) => charge("secrets.secrets", 1, `replica in ${region}`, region)),
  ];
}

const parameter = ({ values }: PricedResource): readonly Charge[] =>
  values.tier === "Advanced" ? charge("ssm.advanced-parameters", 1, "1 parameter") : [];

export const keys: Pricings = {
  aws_kms_key: key,
  aws_kms_replica_key: key,
  aws_kms_alias: free,
  aws_secretsmanager_secret: secret,
  aws_secretsmanager_secret_policy: free,
  aws_secretsmanager_secret_rotation: free,
  aws_secretsmanager_secret_version: free,
  aws_ssm_parameter: parameter,
};
