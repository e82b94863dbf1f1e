import { z } from "zod";
import { kebabName } from "../core";

/**
 * Queries of a service beside those that every service gets.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const savedQueriesConfig = z.strictObject({
  queries: z
    .record(
      kebabName(64),
      z
        .string()
        .min(1)
        .max(10_000)
        .regex(/^(?![\s\S]*[$%]\{)/, "has a ${ or %{, which Terraform would evaluate; write it without"),
    )
    .default({})
    .describe(
      "Logs Insights queries of the service's own, by name; one that is named like a standard query replaces it.",
    ),
});

export type SavedQueriesConfig = z.output<typeof savedQueriesConfig>;
export type SavedQueriesInput = z.input<typeof savedQueriesConfig>;
