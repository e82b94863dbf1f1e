import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { type PriceId, priceIds } from "../values/prices";

const gigabytes = z.number().min(0).max(1_000_000);

/** What the estimate of costs cannot read from anything else. */
export const costsConfig = strictObject(() => ({
  prices: z
    .partialRecord(z.enum(priceIds as readonly [PriceId, ...PriceId[]]), z.number().min(0))
    .default({})
    .describe(
      "Prices that were negotiated, in US dollars, in every region: by a line of the table of prices, for as many units as the line is for.",
    ),
  tableGb: z
    .record(kebabName(100), gigabytes)
    .default({})
    .describe(
      "Gigabytes that tables hold in each of their regions, by name, with their indexes; 1 for one that is not named.",
    ),
  databaseGb: z
    .record(kebabName(24), gigabytes)
    .default({})
    .describe("Gigabytes that databases hold in each of their regions, by name; 1 for one that is not named."),
  databaseAcus: z
    .record(kebabName(24), z.number().min(0).max(256))
    .default({})
    .describe(
      "Aurora capacity units that the writer of a serverless database has on average, by name; its minimum for one that is not named.",
    ),
}));
