import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";

const reason = z.string().trim().min(15).max(300);

/** What an environment asks of the one that tries its rollouts first. */
export const promotionConfig = strictObject(() => ({
  from: kebabName(16).describe(
    "Environment in which the same files must have settled before `evenkeel apply` applies them here.",
  ),
  withinDays: z
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe("How long after it has settled there a rollout may be applied here, in days."),
  lesser: reason
    .optional()
    .describe("Why it is enough that the other environment is at an earlier stage, and so tries less; a sentence."),
  onlyHere: z
    .array(
      strictObject(() => ({
        address: z
          .string()
          .regex(
            /^aws_lambda_(function|layer_version)\.[\w.-]+$/,
            "is not the address of a function or layer; copy it from the report",
          )
          .describe("Address of a function or layer in its stack: aws_lambda_function.orders_function."),
        reason: reason.describe("Why nobody has to try it before; a sentence."),
      })),
    )
    .max(50)
    .default([])
    .describe("Functions and layers that the other environment does not have."),
  readBy: strictObject(() => ({
    roleArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
        "is not the ARN of an IAM role; copy it from `aws iam get-role`",
      )
      .optional()
      .describe("Role to assume."),
    profile: z.string().min(1).max(64).optional().describe("Profile of the AWS configuration files."),
  }))
    .refine(({ roleArn, profile }) => roleArn === undefined || profile === undefined, {
      message: "names a role and a profile; name one of them",
    })
    .prefault({})
    .describe("Who reads evidence and alarms of the other environment; the caller's own credentials if left out."),
}));
