import type { Construct } from "constructs";
import type { AlarmTarget, RegionalKey } from "../../modules/core";
import type { ServiceFunction } from "../../modules/service-function";
import { ServiceSchedules } from "../../modules/service-schedules";
import type { RegionalServiceConfig } from "./config";
import type { FunctionUse } from "./function-use";

export interface ScheduleUseProps {
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  readonly key: RegionalKey;
  /** The region that serves first; the only one that runs schedules of `runsIn: "active-region"`. */
  readonly activeRegion?: string;
  readonly alarms?: AlarmTarget;
}

/** The schedules that call a service in its region. */
export function scheduleUse(scope: Construct, config: RegionalServiceConfig, props: ScheduleUseProps): FunctionUse[] {
  const schedules = Object.entries(config.schedules);
  if (schedules.length === 0) return [];
  const { region, account, key, alarms, activeRegion = region } = props;
  const connect = (target: ServiceFunction): void => {
    const calls = new ServiceSchedules(scope, "schedules", {
      target,
      account,
      key,
      deadLetterAgeSeconds: config.function.alarms.deadLetterAgeSeconds,
      alarms,
    });
    for (const [name, schedule] of schedules) {
      calls.add(name, schedule, schedule.runsIn === "every-region" || region === activeRegion);
    }
  };
  return [{ variables: {}, connect }];
}
