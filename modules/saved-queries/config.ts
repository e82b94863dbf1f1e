import { z } from "zod";
import { logsQuery } from "../../values/languages";
import { checkedText, kebabName, strictObject } from "../core";

export type * from "./input";

/**
 * Queries of a service, in addition to the standard ones that every service gets.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const savedQueriesConfig = strictObject(() => ({
  queries: z
    .record(kebabName(64), checkedText(logsQuery))
    .default({})
    .describe("Additional Logs Insights queries by name. A query with the name of a standard query replaces it."),
}));

export type SavedQueriesConfig = z.output<typeof savedQueriesConfig>;
