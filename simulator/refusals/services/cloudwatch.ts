import { type ServiceCalls, text } from "../refusal";

/** CloudWatch alarms: PutMetricAlarm overwrites an alarm of the same name. */
export const cloudwatch: ServiceCalls = {
  aws_cloudwatch_metric_alarm: {
    service: "CloudWatch",
    create: {
      name: "PutMetricAlarm",
      says: (alarm) => `creating CloudWatch Metric Alarm (${text(alarm, "alarm_name")})`,
    },
    remove: {
      name: "DeleteAlarms",
      says: (alarm) => `deleting CloudWatch Metric Alarm (${text(alarm, "alarm_name")})`,
    },
  },
};
