import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";
import { type ServiceScheduleInput, ServiceSchedules } from "../../../modules/service-schedules";

const account = "111111111111";
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};

export const schedulesOf = (stack: DeploymentStack, region = "eu-west-1", alarmed = true): ServiceSchedules => {
  const target = new ServiceFunction(stack, `books-${region}`, {
    config: { entry: "services/shipments/handler.ts", reservedConcurrency: null },
    name: "test-books",
    region,
    account,
    key,
    tracing: false,
  });
  return new ServiceSchedules(stack, `schedules-${region}`, {
    target,
    account,
    key,
    deadLetterAgeSeconds: alarmed ? 7200 : undefined,
    alarms: alarmed ? alarms : undefined,
    roles: alarmed ? { path: "/services/" } : undefined,
  });
};

const full: ServiceScheduleInput = {
  expression: "cron(0 3 ? * MON-FRI *)",
  timezone: "Europe/Dublin",
  description: "Closes the books of the day",
  flexibleWindowMinutes: 30,
  startDate: "2030-01-01T00:00:00Z",
  endDate: "2031-01-01T00:00:00Z",
  // Terraform must not read it.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is tested
  input: { book: "main", note: "${not.terraform}", lines: [1, 2] },
  maximumRetryAttempts: 5,
  maximumEventAgeSeconds: 600,
  runsIn: "every-region",
  enabled: true,
  idempotency: { table: "handled-events" },
};

/** Schedules of all three forms with every option in use, and one of a standby region with the least. */
export function everyOption(stack: DeploymentStack): void {
  const schedules = schedulesOf(stack);
  const idempotency = { reason: "counts what there is, however often" };
  schedules.add("nightly", full);
  schedules.add("hourly", {
    expression: "rate(1 hour)",
    description: "Counts open books",
    enabled: false,
    idempotency,
  });
  schedules.add("once", { expression: "at(2030-01-31T06:30:00)", description: "Moves to new books", idempotency });
  const standby = schedulesOf(stack, "eu-central-1", false);
  standby.add("nightly", { ...full, runsIn: "active-region" }, false);
}
