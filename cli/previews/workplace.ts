import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentDefinition } from "../../config";
import { activeState, s3StateConfig } from "../../contract";
import { objectOf } from "../../terraform";
import { enterFolder, type Workplace } from "../deployment/workplace";
import type { PreviewRecord } from "./record";

/**
 * The stacks of a preview as its record has them: nothing but providers and backends, so that Terraform destroys all that the states have,
 * whichever commit is checked out.
 * @throws InUseError if another process works with the preview from this checkout
 */
export const enterRecorded = (environment: EnvironmentDefinition, record: PreviewRecord): Promise<Workplace> =>
  enterFolder(record.name, "destroy", (output) => {
    const stacks = Object.entries(record.stacks).map(([name, { dependencies, terraform, provider }]) => {
      const workingDirectory = `stacks/${name}`;
      mkdirSync(join(output, workingDirectory), { recursive: true });
      const configuration = { provider, terraform: { ...terraform, backend: backendNow(environment, terraform) } };
      writeFileSync(join(output, workingDirectory, "cdk.tf.json"), JSON.stringify(configuration));
      return [name, { name, workingDirectory, dependencies }];
    });
    writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
  });

/** The backend of a stack, in the bucket that is worked with by now. */
function backendNow({ stated }: EnvironmentDefinition, { backend }: Readonly<Record<string, unknown>>): unknown {
  const read = s3StateConfig.safeParse(stated.state);
  const { s3 } = objectOf(backend);
  if (!read.success || s3 === undefined) return backend;
  const { bucket, region, kmsKeyArn } = activeState(read.data);
  return { s3: { ...objectOf(s3), bucket, region, ...(kmsKeyArn === undefined ? {} : { kms_key_id: kmsKeyArn }) } };
}
