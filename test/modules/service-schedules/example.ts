import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";
import { ServiceSchedules } from "../../../modules/service-schedules";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  fn: ServiceFunction,
  alarms: AlarmTarget,
): ServiceSchedules {
  const schedules = new ServiceSchedules(stack, "schedules", { target: fn, account: "123456789012", key, alarms });
  schedules.add("nightly", {
    expression: "cron(0 3 * * ? *)",
    timezone: "Europe/Dublin",
    description: "Closes the books of the day",
    idempotency: { table: "handled-events" },
  });
  return schedules;
}
