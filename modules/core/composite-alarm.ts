import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import type { Construct } from "constructs";
import { ConstructError } from "./construct-error";
import type { AlarmTarget } from "./metric-alarm";
import type { Providers } from "./regional-providers";
import { resourceName } from "./resource-name";

/** Holds back the notifications of an alarm while another one is in alarm. */
export interface AlarmSuppressor {
  /** Name or ARN of the alarm of the same region that does; may be a token. */
  readonly alarm: string;
  /** How long notifications wait for it to go into alarm, in seconds. */
  readonly waitSeconds: number;
  /** How long notifications are still held back after it has left the alarm, in seconds. */
  readonly extensionSeconds: number;
}

export interface CompositeAlarmProps {
  /** The region of the alarms that it joins, which is its own. */
  readonly region: string;
  /** Unique among alarms of both kinds in account and region; at most 255 characters; cannot change. */
  readonly alarmName: string;
  /** What the alarm means and what to do first, for the person on call; at most 1,024 characters. */
  readonly alarmDescription: string;
  /** Whether it is in alarm when all of the alarms are, or when any of them is. */
  readonly when: "all" | "any";
  /** ARNs of the alarms, 1 to 100; tokens, so that they are there before it. */
  readonly alarmArns: readonly string[];
  /** Holds back its notifications. */
  readonly suppressor?: AlarmSuppressor;
}

/** The most alarms of a rule, and its most characters. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const most = { alarms: 100, characters: 10_240 };

/** The longest ARN that an alarm can have: partition, region, account and a name of 255 characters. */
const arnCharacters = (region: string): number => `arn:aws-us-gov:cloudwatch:${region}:123456789012:alarm:`.length;

/**
 * An alarm over other alarms that notifies the region's topic both when it fires and when it recovers. `actions_enabled` is left to its
 * default for good: a change of it replaces the alarm.
 * @throws ConstructError if it joins no alarm, or more than CloudWatch takes
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export function compositeAlarm(
  scope: Construct,
  id: string,
  providers: Providers,
  target: AlarmTarget,
  { region, alarmName, alarmDescription, when, alarmArns, suppressor }: CompositeAlarmProps,
): CloudwatchCompositeAlarm {
  if (alarmArns.length === 0) {
    throw new ConstructError(scope, `the alarm "${alarmName}" joins no alarm`, "pass the ARN of at least one");
  }
  const operator = when === "all" ? " AND " : " OR ";
  // Names are not known here, and those that the toolkit gives are far shorter than the longest.
  const least = alarmArns.length * (arnCharacters(region) + 'ALARM("")'.length + operator.length);
  if (alarmArns.length > most.alarms || least > most.characters) {
    throw new ConstructError(
      scope,
      `the alarm "${alarmName}" joins ${alarmArns.length} alarms, but a rule of CloudWatch has at most ${most.alarms} alarms and ${most.characters} characters`,
      "join some of them in a composite alarm of their own",
    );
  }
  const topicArn = target.topicArn(region);
  return new CloudwatchCompositeAlarm(scope, id, {
    provider: providers.in(region),
    alarmName: resourceName(scope, [alarmName], 255),
    alarmDescription,
    alarmRule: alarmArns.map((arn) => `ALARM("${arn}")`).join(operator),
    alarmActions: [topicArn],
    okActions: [topicArn],
    ...(suppressor && {
      actionsSuppressor: {
        alarm: suppressor.alarm,
        waitPeriod: suppressor.waitSeconds,
        extensionPeriod: suppressor.extensionSeconds,
      },
    }),
  });
}
