import { defineCapability } from "../contract";

/** CloudWatch Contributor Insights for DynamoDB. */
export const contributorInsights = defineCapability({
  name: "contributorInsights",
  brings: "the most used keys of each table, to find hot partitions",
  builds: { table: (table) => table.addContributorInsights() },
});
