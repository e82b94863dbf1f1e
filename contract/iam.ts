import { z } from "zod";
import { strictObject } from "../modules/core/strict-object";

/**
 * An IAM path as roles have it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
const rolePath = z
  .string()
  .max(512)
  .regex(
    /^\/([\w+=,.@-]+\/)+$/,
    "is not an IAM path; write /<name>/ with letters, digits and _+=,.@-, with a / at either end",
  )
  .refine(
    (path) => !/^\/aws-(service-role|reserved)\//.test(path),
    "is a path that AWS keeps for its own roles; use another one",
  );

/** The ARN of a policy that can be a permissions boundary: one of the account's own or of AWS. */
const policyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/,
    "is not the ARN of an IAM policy; copy it from `aws iam list-policies`",
  );

/** What every IAM role of an environment has in common. */
export const iamConfig = strictObject(() => ({
  permissionsBoundaryArn: policyArn
    .optional()
    .describe(
      "Policy that is the permissions boundary of every role: what it does not allow, no role can do. It must exist in the account before.",
    ),
  rolePath: rolePath
    .optional()
    .describe("Path of every role, /platform/; / if left out. AWS replaces a role when its path changes."),
}));
