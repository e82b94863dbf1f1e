import { z } from "zod";

/** ARN of a version of a layer: without the version Lambda would not know which. */
export const layerVersionArn = z.string().regex(/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]{1,140}:\d+$/, {
  message: "is not the ARN of a version of a layer; use one that ends in layer:<name>:<version>",
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AllowedPublishers.html */
export const signingProfileVersionArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/\w{2,64}\/\w{10}$/, {
    message:
      "is not the ARN of a version of a signing profile; use arn:aws:signer:<region>:<account>:/signing-profiles/<name>/<version>",
  });
