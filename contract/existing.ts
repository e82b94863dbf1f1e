import { z } from "zod";
import { kebabName, region, strictObject } from "../modules/core";
import { existingKeys } from "../modules/encryption-key";

const tableArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]{3,255}$/,
    "is not the ARN of a DynamoDB table; copy it from `aws dynamodb describe-table`",
  );

const streamArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]{3,255}\/stream\/[\w:.-]+$/,
    "is not the ARN of a stream; copy LatestStreamArn from `aws dynamodb describe-table`",
  );

const busArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[/\w.-]{1,256}$/,
    "is not the ARN of an event bus; copy it from `aws events describe-event-bus`",
  );

/** A table that is there already, and that services use as they use those of the environment. */
export const existingTableConfig = strictObject(() => ({
  name: kebabName(100).describe("Name by which services use it; none of the environment's tables has it."),
  arns: z
    .partialRecord(region, tableArn)
    .describe("The table, or its replica, by region: one in each region that services use it in. All have one name."),
  indexes: z.boolean().default(false).describe("Whether services may query its indexes."),
  keyArns: existingKeys
    .optional()
    .describe("Customer managed KMS keys that encrypt it, by region; left out for a key of DynamoDB or AWS."),
  streamArns: z
    .partialRecord(region, streamArn)
    .optional()
    .describe(
      "Its streams, by region, where services read them; with NEW_AND_OLD_IMAGES. One that is switched off and on again has another ARN.",
    ),
}));

/** An event bus that is there already, and that services publish and subscribe to. */
export const existingBusConfig = strictObject(() => ({
  name: kebabName(32).describe("Name by which services use it; none of the environment's buses has it."),
  arns: z
    .partialRecord(region, busArn)
    .describe("The bus by region: one in each region that services publish or subscribe in."),
}));
