import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, objectOf } from "./json";

/** A folder that was initialized for one bucket of S3, while its configuration names another one by now. */
export interface MovedBackend {
  /** `s3://states/evenkeel/prod/prod-data.tfstate` */
  readonly from: string;
  readonly to: string;
  /** Has Terraform refuse the folder again, as before. */
  undo(): void;
}

const initializedFile = join(".terraform", "terraform.tfstate");

/**
 * Whether a folder was initialized for the same state in another bucket. Terraform then wants to be told by `-reconfigure` that
 * nothing is to be copied; a state that is elsewhere altogether stays Terraform's own question.
 * @param configuration the `terraform` block of the folder's configuration
 * @see https://developer.hashicorp.com/terraform/cli/commands/init#backend-initialization
 */
export function movedBackend(folder: string, configuration: Json): MovedBackend | undefined {
  const file = join(folder, initializedFile);
  if (!existsSync(file)) return undefined;
  const before = readFileSync(file, "utf8");
  const { type, config } = objectOf(objectOf(parse(before)).backend);
  const [old, now] = [objectOf(config), objectOf(objectOf(configuration.backend).s3)];
  if (type !== "s3" || typeof now.bucket !== "string" || old.key !== now.key) return undefined;
  const differs = ["bucket", "region", "kms_key_id"].some((name) => (old[name] ?? null) !== (now[name] ?? null));
  if (!differs) return undefined;
  const shown = ({ bucket, key }: Json): string => `s3://${bucket}/${key}`;
  return { from: shown(old), to: shown(now), undo: () => writeFileSync(file, before) };
}

/** What a state is that is missing where the configuration looks for it by now, and what to do. */
export function explainMissingState({ from, to }: MovedBackend, stack: string, folder: string): string {
  return [
    `${stack}: there is no state at ${to}, where the configuration keeps it by now; this folder was last used with ${from}.`,
    "With no state, everything would be made anew. Nothing was done. If the buckets are replicated, wait, and look at both:",
    "  npx evenkeel state doctor <environment>",
    `If the stack was never deployed, remove ${join(folder, ".terraform")}.`,
  ].join("\n");
}

/** Whether `terraform state pull` has printed no state: nothing, or one without a lineage, as for a bucket without the object. */
export const isNoState = (pulled: string): boolean => pulled.trim() === "" || !objectOf(parse(pulled)).lineage;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
