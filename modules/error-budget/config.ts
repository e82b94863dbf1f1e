import { z } from "zod";
import { strictObject, withRule } from "../core";
import { highestBurnRate } from "./windows";

export type * from "./input";

/** An objective that the fastest window can still tell from a total failure. */
const leastPercent = 95;

const percent = z
  .number()
  .min(
    leastPercent,
    `is so low that the alarm on the fastest loss could never fire, at ${highestBurnRate} times what it allows; use at least ${leastPercent}`,
  )
  .max(99.999);

/**
 * What a service promises to those who call it, and how alarms tell that it loses it too fast.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export const errorBudgetConfig = withRule(
  strictObject(() => ({
    availabilityPercent: percent
      .default(99.9)
      .describe("Percentage of requests, over 30 days, that must not fail for a reason of the service's own."),
    latency: strictObject(() => ({
      withinMs: z.int().min(1).max(900_000).describe("How long a request may take, in milliseconds."),
      percent: percent.default(99).describe("Percentage of requests, over 30 days, that must take no longer."),
    }))
      .optional()
      .describe("The promise of how fast it answers; none if left out."),
    minimumRequests: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(30)
      .describe(
        "Requests in a window below which it counts as kept, so that a single failure at night pages nobody. Slow services are left with the long windows.",
      ),
    impact: strictObject(() => ({
      suppressedBy: strictObject(() => ({
        alarm: z
          .string()
          .max(255)
          .regex(/^[A-Za-z0-9._/-]+$/, "is not a name of alarms that rules can hold; use letters, digits, . _ / and -")
          .describe("Name of an alarm of yours in the same region, such as one that is on during maintenance."),
        waitSeconds: z.int().min(0).max(86_400).default(120).describe("How long a page waits for it, in seconds."),
        extensionSeconds: z
          .int()
          .min(0)
          .max(86_400)
          .default(300)
          .describe("How long after its end pages are still held back, in seconds."),
      }))
        .optional()
        .describe("Holds back the page while another alarm is on; the alarms below it still notify."),
    }))
      .prefault({})
      .describe("The one alarm on whether callers notice anything now."),
  })),
  ({ impact: { suppressedBy } }, report) => {
    // AWS takes any two numbers; a sum above a day would hide an outage from everybody.
    if (suppressedBy && suppressedBy.waitSeconds + suppressedBy.extensionSeconds > 86_400) {
      report(
        ["impact", "suppressedBy", "extensionSeconds"],
        "holds pages back for more than a day together with waitSeconds; use less",
      );
    }
  },
);

export type ErrorBudgetConfig = z.output<typeof errorBudgetConfig>;
