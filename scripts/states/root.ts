import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StateBucket } from "../../contract";

/** A small Terraform root, whose state is in one of two buckets. */
export interface Root {
  /** Name of the stack. */
  readonly stack: string;
  /** Absolute path of the folder. */
  readonly folder: string;
}

/** What a root is configured with. */
export interface RootOptions {
  readonly bucket: StateBucket;
  readonly keyPrefix: string;
  /** Changes with every apply that is to change something. */
  readonly value: string;
  /** Seconds that the apply of a change takes at least. */
  readonly seconds?: number;
  /** A file that is written once a change is begun. */
  readonly begun?: string;
}

/** Writes the configuration of a root, of resources that Terraform has built in: no provider is started. */
export function writeRoot(
  { stack, folder }: Root,
  { bucket, keyPrefix, value, seconds = 0, begun }: RootOptions,
): void {
  mkdirSync(folder, { recursive: true });
  const command = [...(begun ? [`touch '${begun}'`] : []), ...(seconds > 0 ? [`sleep ${seconds}`] : [])].join("; ");
  const slow = command ? { provisioner: [{ "local-exec": { command } }] } : {};
  const configuration = {
    terraform: {
      backend: {
        s3: {
          bucket: bucket.bucket,
          key: `${keyPrefix}/${stack}.tfstate`,
          region: bucket.region,
          kms_key_id: bucket.kmsKeyArn,
          encrypt: true,
          use_lockfile: true,
          // A region that is gone is not waited for: by default it takes half a minute.
          max_retries: 1,
        },
      },
    },
    resource: {
      terraform_data: {
        first: { input: value },
        second: { input: value, triggers_replace: value, depends_on: ["terraform_data.first"], ...slow },
      },
    },
    output: { value: { value: reference("terraform_data.second.output") } },
  };
  // The name that cdktf gives it, by which the driver finds it.
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
}

/** Forgets what Terraform keeps in a folder, as a fresh checkout does. */
export function forget({ folder }: Root): void {
  rmSync(folder, { recursive: true, force: true });
}

/** An expression of Terraform in JSON. */
const reference = (to: string): string => ["$", "{", to, "}"].join("");
