import { z } from "zod";
import { region, strictObject, withRule } from "../modules/core";

/**
 * The key ids that Terraform's S3 backend accepts, as its source says.
 * @see https://github.com/hashicorp/terraform/blob/v1.11.0/internal/backend/remote-state/s3/validate.go
 */
const keyId = /^([a-f0-9]{8}-[a-f0-9]{4}-[1-5][a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})$/;

/** S3 takes object keys of 1,024 bytes; this leaves room for the name of the stack, the lock file and the workspace. */
const longestPrefix = 900;

const bucketName = z
  .string()
  .regex(
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    "is not an S3 bucket name; use 3 to 63 lower-case letters, digits and hyphens",
  );

const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    "is not a KMS key ARN; copy it from `aws kms describe-key`",
  )
  .refine(
    (arn) => keyId.test(arn.slice(arn.indexOf("/") + 1)),
    "does not end in a key id that Terraform's S3 backend accepts (a UUID of version 1 to 5 in lower case, or mrk- and 32 hexadecimal digits); copy the ARN from `aws kms describe-key`",
  );

/** The second bucket of states, which S3 replicates to and from the first one. */
const secondaryState = strictObject(() => ({
  bucket: bucketName.describe("Bucket that the first one is replicated to, and back."),
  region: region.describe("Region of this bucket; another one than that of the first."),
  kmsKeyArn: keyArn.describe("ARN of the key that encrypts the state files there; in the region of this bucket."),
}));

/** Where an environment's Terraform state lives in S3, one object per stack. */
export const s3StateConfig = strictObject(() => ({
  backend: z.literal("s3").describe("State files in an S3 bucket, encrypted and locked."),
  bucket: bucketName.describe("Bucket that holds the state files; versioned, and created outside of this toolkit."),
  region: region.describe("Region of the bucket; choose one that survives the loss of the home region."),
  keyPrefix: z
    .string()
    .max(longestPrefix)
    .regex(
      /^[a-z0-9][a-z0-9/_-]*[a-z0-9]$/,
      "is not a key prefix; use letters, digits, - and /, without a / at either end",
    )
    .refine((prefix) => !prefix.includes("//"), "contains //, which Terraform's S3 backend refuses; write one /")
    .describe("Prefix of the object keys; each stack's state is `<keyPrefix>/<stack>.tfstate`."),
  kmsKeyArn: keyArn.describe("ARN of the key that encrypts the state files; in the bucket's region."),
  lockFile: z
    .literal(true, "must be true, because two applies at once would corrupt the state; set it to true or leave it out")
    .default(true)
    .describe("Terraform's native lock file next to the state."),
  secondary: secondaryState
    .optional()
    .describe("A second bucket in another region, to which S3 replicates the states and back; none if left out."),
  active: z
    .enum(["primary", "secondary"])
    .optional()
    .describe(
      "Which of the two buckets is worked with: the one above (`primary`) or the one of `secondary`; `primary` if left out. `evenkeel state failover` says when to change it.",
    ),
}));

export type S3State = z.output<typeof s3StateConfig>;

/** One bucket of states, as Terraform's S3 backend is configured for it. */
export type StateBucket = Pick<S3State, "bucket" | "region" | "kmsKeyArn">;

/** The two buckets of states by what `active` calls them; the second one is left out where there is none. */
export function stateBuckets({ bucket, region: of, kmsKeyArn, secondary }: S3State): {
  readonly primary: StateBucket;
  readonly secondary?: StateBucket;
} {
  return { primary: { bucket, region: of, kmsKeyArn }, ...(secondary && { secondary }) };
}

/** The bucket that is worked with, with what both have in common; the other one is left out. */
export function activeState(state: S3State): Omit<S3State, "secondary" | "active"> {
  const { secondary, active, ...primary } = state;
  return active === "secondary" && secondary ? { ...primary, ...secondary } : primary;
}

const localState = strictObject(() => ({
  backend: z.literal("local").describe("State files in .evenkeel/state of the project folder; for one person only."),
}));

/**
 * Where an environment's Terraform state lives, one state per stack.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export const stateConfig = withRule(z.discriminatedUnion("backend", [localState, s3StateConfig]), (state, report) => {
  if (state.backend !== "s3") return;
  checkKey(state, ["kmsKeyArn"], report);
  const { secondary, active } = state;
  if (!secondary) {
    if (active === "secondary")
      report(["active"], 'names a second bucket, and there is none; state "secondary", or remove it');
    return;
  }
  checkKey(secondary, ["secondary", "kmsKeyArn"], report);
  if (secondary.region === state.region) {
    report(["secondary", "region"], "is the region of the first bucket, and would be lost with it; use another region");
  }
  if (secondary.bucket === state.bucket) {
    report(["secondary", "bucket"], "is the first bucket; name another one, in another region");
  }
});

type Report = (path: (string | number)[], message: string) => void;

function checkKey(
  { region: of, kmsKeyArn }: Pick<StateBucket, "region" | "kmsKeyArn">,
  path: string[],
  report: Report,
): void {
  if (typeof kmsKeyArn !== "string") return;
  const keyRegion = kmsKeyArn.split(":")[3];
  if (keyRegion !== of) {
    report(path, `is a key in ${keyRegion}, but the bucket is in ${of}; use a key in the bucket's region`);
  }
}
