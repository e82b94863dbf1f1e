import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { missingTarget } from "../demands/targets";
import { operation, unlisted } from "../operation";
import { type Answer, blocks, type Demand, type ServiceCalls, text, texts, type Warning } from "../refusal";

const invalid = (message: string): Answer => unlisted("ValidationError", message);

const actionsOf = (alarm: ObjectValue): string[] =>
  ["alarm_actions", "ok_actions", "insufficient_data_actions"].flatMap((name) => texts(alarm, name));

/** Only actions without a region, such as `arn:aws:automate:…`, may differ from the alarm's own. */
const actionsInRegion: Demand = ({ values, cloud }) => {
  const { region } = cloud.place;
  const elsewhere = actionsOf(values)
    .map((action) => parseArn(action)?.region ?? "")
    .find((named) => named !== "" && named !== region);
  return elsewhere ? invalid(`Invalid region ${elsewhere} specified. Only ${region} is supported.`) : undefined;
};

const actionsExist: Warning = ({ values, cloud }) =>
  [...new Set(actionsOf(values))]
    .filter((arn) => missingTarget(cloud, arn))
    .map((arn) => `tells ${arn}, which does not exist`);

/** The names of the alarms in a composite alarm's rule: `ALARM("a") AND NOT OK(arn:…:alarm:b)`. */
export function alarmsIn(rule: string): string[] {
  return [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"]*?))\s*\)/g)].map(
    ([, double, single, bare]) => {
      const given = double ?? single ?? bare ?? "";
      return parseArn(given)?.resource.replace(/^alarm:/, "") ?? given;
    },
  );
}

const kinds = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];

const childrenExist: Demand = ({ values, cloud }) => {
  const isThere = (name: string): boolean =>
    kinds.some((type) => cloud.find(type, (state) => text(state, "alarm_name") === name) !== undefined);
  const missing = alarmsIn(text(values, "alarm_rule")).filter((name) => !isThere(name));
  return missing.length > 0
    ? invalid(`Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`)
    : undefined;
};

const noParent: Demand = ({ values, cloud }) => {
  const name = text(values, "alarm_name");
  const parents = cloud.all("aws_cloudwatch_composite_alarm", (state) =>
    alarmsIn(text(state, "alarm_rule")).includes(name),
  );
  return parents.length > 0
    ? invalid(`Cannot delete ${name} as there are composite alarm(s) depending on it.`)
    : undefined;
};

/** The alarm that holds others back is looked for by name or ARN. */
const suppressorExists: Demand = ({ values, cloud }) => {
  const given = blocks(values, "actions_suppressor").map((suppressor) => text(suppressor, "alarm"))[0] ?? "";
  const name = parseArn(given)?.resource.replace(/^alarm:/, "") ?? given;
  const isThere = kinds.some((type) => cloud.find(type, (state) => text(state, "alarm_name") === name) !== undefined);
  return name === "" || isThere
    ? undefined
    : invalid(`Could not save the composite alarm as the suppressor alarm [${name}] does not exist`);
};

const widgets: Demand = ({ values }) => {
  try {
    JSON.parse(text(values, "dashboard_body"));
    return undefined;
  } catch {
    return unlisted("InvalidParameterInput", "The field DashboardBody must be a valid JSON object");
  }
};

/**
 * Alarms and dashboards: what is put again overwrites what was there.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/
 */
export const cloudwatch: ServiceCalls = {
  aws_cloudwatch_metric_alarm: {
    service: "CloudWatch",
    create: operation("PutMetricAlarm", "creating CloudWatch Metric Alarm ({alarm_name})"),
    update: operation("PutMetricAlarm", "updating CloudWatch Metric Alarm ({alarm_name})"),
    remove: operation("DeleteAlarms", "deleting CloudWatch Metric Alarm ({alarm_name})"),
    demands: [actionsInRegion],
    removalDemands: [noParent],
    warnings: [actionsExist],
  },
  aws_cloudwatch_composite_alarm: {
    service: "CloudWatch",
    create: operation("PutCompositeAlarm", "creating CloudWatch Composite Alarm ({alarm_name})"),
    update: operation("PutCompositeAlarm", "updating CloudWatch Composite Alarm ({alarm_name})"),
    remove: operation("DeleteAlarms", "deleting CloudWatch Composite Alarm ({alarm_name})"),
    demands: [childrenExist, suppressorExists, actionsInRegion],
    removalDemands: [noParent],
    warnings: [actionsExist],
  },
  aws_cloudwatch_dashboard: {
    service: "CloudWatch",
    create: operation("PutDashboard", "putting CloudWatch Dashboard ({dashboard_name})"),
    remove: operation("DeleteDashboards", "deleting CloudWatch Dashboard ({dashboard_name})"),
    demands: [widgets],
  },
};
