import type { PolicyStatement } from "../core";
import type { PipelineEnvironment } from "./config";
import type { PolicyOf } from "./environment-policy";

type Place = PipelineEnvironment["states"][number];

const objects = (partition: string, { bucket, keyPrefix }: Place, name: string) =>
  `arn:${partition}:s3:::${bucket}/${keyPrefix}/${name}`;

/** Lists the states, which Terraform does to find out whether there is one. */
const list = ({ partition }: PolicyOf, place: Place): PolicyStatement => ({
  actions: ["s3:ListBucket"],
  resources: [`arn:${partition}:s3:::${place.bucket}`],
  conditions: { StringLike: { "s3:prefix": [`${place.keyPrefix}/*`] } },
});

/** Use of the key of states through S3 alone. */
const key = (actions: readonly string[], { kmsKeyArn, region }: Place): PolicyStatement => ({
  actions,
  resources: [kmsKeyArn],
  conditions: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
});

/**
 * What `evenkeel plan` needs of states: to read them, and to lock them while it reads, as `terraform plan` does with a lock file.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function planOfStates(of: PolicyOf): PolicyStatement[] {
  return of.environment.states.flatMap((place) => [
    list(of, place),
    { actions: ["s3:GetObject"], resources: [objects(of.partition, place, "*")] },
    {
      actions: ["s3:DeleteObject", "s3:PutObject"],
      resources: [objects(of.partition, place, "*.tfstate.tflock")],
    },
    key(["kms:Decrypt", "kms:GenerateDataKey"], place),
  ]);
}

/** What `evenkeel apply` and `deploy` need: states, their locks, the lock of the rollout and its evidence. */
export function applyOfStates(of: PolicyOf): PolicyStatement[] {
  return of.environment.states.flatMap((place) => [
    list(of, place),
    {
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [objects(of.partition, place, "*")],
    },
    key(["kms:Decrypt", "kms:GenerateDataKey"], place),
  ]);
}

/** Keys of review bundles: plan encrypts, and reads back what it wrote for nobody. */
export function bundleKeys({ environment }: PolicyOf, actions: readonly string[]): PolicyStatement[] {
  const { bundleKeyArns } = environment;
  return bundleKeyArns.length === 0 ? [] : [{ actions, resources: bundleKeyArns }];
}

/** Roles in other accounts, or the one that deploys. */
export const assumedRoles = ({ environment: { assumes } }: PolicyOf): PolicyStatement[] =>
  assumes.length === 0 ? [] : [{ actions: ["sts:AssumeRole"], resources: assumes }];
