import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  droppedCallsAlarm,
  parseConfig,
  partitionOf,
  resourceName,
  ServiceRole,
  schedulerTrust,
} from "../core";
import { type AllowedHoursInput, allowedHoursConfig, type GameDayInput, gameDayConfig, gameDayProblem } from "./config";
import type { FaultExperiment } from "./fault-experiment";
import { cronOf, gameDayTimes } from "./game-day-times";

export interface GameDaysProps {
  /** What is started, and when. */
  readonly gameDays: readonly GameDayInput[];
  /** When experiments may run. */
  readonly hours: AllowedHoursInput;
  /** `<environment>-game-days`, the name of the group of schedules; cannot change. */
  readonly name: string;
  /** The region of the experiments. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The experiments of the region, by their names. */
  readonly experiments: ReadonlyMap<string, FaultExperiment>;
  /** How long experiments of the game days last that are in other regions, in minutes; they are started there. */
  readonly elsewhere?: ReadonlyMap<string, number>;
  /** Where the alarm on starts that did not happen sends notifications; without it there is none. */
  readonly alarms?: AlarmTarget;
}

/**
 * Schedules of EventBridge Scheduler that start experiments, in a group of their own.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export class GameDays extends Construct {
  constructor(scope: Construct, id: string, props: GameDaysProps) {
    super(scope, id);
    const { name, region, account, alarms } = props;
    const hours = parseConfig(allowedHoursConfig, props.hours, `${this.node.path}: hours`);
    const gameDays = props.gameDays.map((each) => parseConfig(gameDayConfig, each, this.node.path));
    const minutesOf = (experiment: string): number => {
      const minutes = props.experiments.get(experiment)?.minutes ?? props.elsewhere?.get(experiment);
      if (minutes !== undefined) return minutes;
      throw new ConstructError(
        this,
        `starts the experiment "${experiment}", which is not in ${region}`,
        `use one of ${[...props.experiments.keys()].join(", ") || "those that you add before"}`,
      );
    };
    const provider = deploymentStackOf(this).providers.in(region);
    const partition = partitionOf(region);
    const group = new SchedulerScheduleGroup(this, "group", { provider, name });
    const names = [...new Set(gameDays.flatMap(({ experiments }) => experiments))];
    names.forEach(minutesOf);
    const started = names.flatMap((experiment) => props.experiments.get(experiment) ?? []);
    const role = new ServiceRole(this, "schedule", {
      region,
      nameParts: [name, region],
      trust: schedulerTrust(account, group.arn),
      policyName: "start",
      statements: [
        {
          actions: ["fis:StartExperiment", "fis:TagResource"],
          // An experiment gets its id when it is started.
          resources: [
            ...started.map(({ templateArn }) => templateArn),
            `arn:${partition}:fis:${region}:${account}:experiment/*`,
          ],
        },
      ],
    });
    for (const gameDay of gameDays) {
      const wrong = gameDayProblem(gameDay, hours, minutesOf);
      if (wrong) {
        throw new ConstructError(
          this,
          `${wrong.path} of the game day "${gameDay.name}" ${wrong.problem}`,
          wrong.remedy,
        );
      }
      for (const { experiment, start } of gameDayTimes(gameDay, minutesOf)) {
        const found = props.experiments.get(experiment);
        if (!found) continue;
        const schedule = new SchedulerSchedule(this, `${gameDay.name}-${experiment}`, {
          provider,
          name: resourceName(this, [gameDay.name, experiment], 64),
          groupName: group.name,
          description: `Starts the experiment ${experiment} on the game day ${gameDay.name}`,
          state: "ENABLED",
          scheduleExpression: cronOf(start, gameDay.day, gameDay.week),
          scheduleExpressionTimezone: hours.timeZone,
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: `arn:${partition}:scheduler:::aws-sdk:fis:startExperiment`,
            roleArn: role.roleArn,
            input: JSON.stringify({
              ExperimentTemplateId: found.templateId,
              // The same for each attempt of one start, so that no attempt starts a second experiment.
              ClientToken: "<aws.scheduler.execution-id>",
              Tags: { Name: found.experimentName, GameDay: gameDay.name },
            }),
            // Late is outside of the hours, perhaps.
            retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60 },
          },
          dependsOn: [role.policy],
        });
        acceptFinding(schedule, "CKV_AWS_297", "It holds the id of a template and two names.");
      }
    }
    if (!alarms) return;
    droppedCallsAlarm(this, alarms, {
      region,
      alarmName: `${name}-dropped`,
      alarmDescription: `An experiment of a game day was not started in ${region}. Look at the role of the schedules and at the quotas of FIS.`,
      groupName: group.name,
    });
  }
}
