import {
  FisExperimentTemplate,
  type FisExperimentTemplateAction,
} from "@cdktf/provider-aws/lib/fis-experiment-template";
import { Construct } from "constructs";
import {
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type PolicyStatement,
  partitionOf,
  resourceName,
  ServiceRole,
  trustPolicy,
} from "../core";
import { longestMinutes } from "./config";
import { type Hypothesis, hypothesisText } from "./hypothesis";

/** What every experiment says. */
export interface ExperimentProps {
  /** What it is to show. */
  readonly hypothesis: Hypothesis;
  /** ARNs of alarms of the same region: each of them ends the experiment. At least one; all may be tokens. */
  readonly stopAlarmArns: readonly string[];
}

/** What an experiment touches: resources by their ARNs, or some of what is in something that has a name. */
export interface ExperimentTarget {
  /** Name that the action knows its targets by: `Clusters`. */
  readonly key: string;
  /** `aws:rds:cluster` */
  readonly resourceType: string;
  /** All of them are touched. */
  readonly arns?: readonly string[];
  /** Where resources are that have no names before they are there, such as tasks of a service. */
  readonly within?: {
    readonly parameters: Readonly<Record<string, string>>;
    /** Share of them, in percent, rounded down. */
    readonly percent: number;
  };
}

/** What an experiment does, and to what. */
export interface ExperimentAction {
  /** `aws:rds:failover-db-cluster` */
  readonly actionId: string;
  /** What it does, for the description: `fails ledger over`. */
  readonly does: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What it touches: no tag decides that. None where the action itself names it. */
  readonly target?: ExperimentTarget;
  /** What the role of the experiment may do, beside writing the log. */
  readonly statements: readonly PolicyStatement[];
}

interface Props extends ExperimentProps, ExperimentAction {
  /** `<environment>-<experiment>`. */
  readonly name: string;
  /** How long it lasts at most, in minutes. */
  readonly minutes: number;
  readonly region: string;
  readonly account: string;
  readonly logGroupArn: string;
}

/** A target of an experiment has at most so many ARNs. @see https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplateTargetInput.html */
const mostArns = 5;

/** The longest description of a template. @see https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplate.html */
const longestDescription = 512;

/** One experiment: its template, and a role that may do nothing but what it does. */
export class FaultExperiment extends Construct {
  /** `<environment>-<experiment>`: the tag `Name` of the template, and of what a game day starts. */
  readonly experimentName: string;
  /** Id of the template, which AWS gives. */
  readonly templateId: string;
  readonly templateArn: string;
  readonly minutes: number;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { region, account, actionId, target, minutes } = props;
    this.minutes = minutes;
    const name = resourceName(this, [props.name], 128);
    this.experimentName = name;
    this.check(props);
    const partition = partitionOf(region);
    const role = new ServiceRole(this, "experiment", {
      region,
      // IAM is global: the region distinguishes the roles of several regions.
      nameParts: [props.name, region],
      trust: trustPolicy(
        { Service: "fis.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          // The id of an experiment is given when it is started.
          ArnLike: { "aws:SourceArn": `arn:${partition}:fis:${region}:${account}:experiment/*` },
        },
      ),
      policyName: "experiment",
      statements: [...props.statements, writeLog],
    });
    // Where ARNs of targets are not known before the first apply, a scanner of plans sees no policy.
    for (const check of target ? [] : (["CKV_AWS_290", "CKV_AWS_355"] as const)) {
      acceptFinding(
        role.policy,
        check,
        "FIS asks for the delivery of logs on all resources, as CloudWatch Logs takes no narrower one.",
      );
    }
    const action: FisExperimentTemplateAction = {
      name: "fault",
      actionId,
      parameter: Object.entries(props.parameters).map(([key, value]) => ({ key, value })),
      ...(target ? { target: { key: target.key, value: "touched" } } : {}),
    };
    const template = new FisExperimentTemplate(this, "template", {
      provider: deploymentStackOf(this).providers.in(region),
      description: description(props),
      roleArn: role.roleArn,
      action: [action],
      ...(target
        ? {
            target: [
              {
                name: "touched",
                resourceType: target.resourceType,
                ...(target.within
                  ? {
                      selectionMode: `PERCENT(${target.within.percent})`,
                      parameters: { ...target.within.parameters },
                    }
                  : { selectionMode: "ALL", resourceArns: [...(target.arns ?? [])] }),
              },
            ],
          }
        : {}),
      stopCondition: props.stopAlarmArns.map((value) => ({ source: "aws:cloudwatch:alarm", value })),
      experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: "fail" },
      logConfiguration: {
        logSchemaVersion: 2,
        cloudwatchLogsConfiguration: { logGroupArn: `${props.logGroupArn}:*` },
      },
      // A template whose tags change is replaced, so nothing is here that may change.
      tags: { Name: name },
      dependsOn: [role.policy],
    });
    this.templateId = template.id;
    this.templateArn = `arn:${partition}:fis:${region}:${account}:experiment-template/${template.id}`;
  }

  private check({ minutes, stopAlarmArns, target, hypothesis, ...props }: Props): void {
    const refuse = (problem: string, remedy: string): never => {
      throw new ConstructError(this, problem, remedy);
    };
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestMinutes) {
      refuse(`lasts ${minutes} min, but actions of FIS last 1 to ${longestMinutes} min`, "use another duration");
    }
    if (stopAlarmArns.length === 0) {
      refuse("has no alarm that ends it, so nothing would when it does harm", "pass an alarm on what clients notice");
    }
    const { arns = [], within } = target ?? {};
    if (target && !within && arns.length === 0) refuse("has nothing that it touches", "pass at least one ARN");
    if (within && !(Number.isInteger(within.percent) && within.percent >= 1 && within.percent <= 100)) {
      refuse(`touches ${within.percent} % of its targets`, "use a whole number from 1 to 100");
    }
    if (arns.length > mostArns) {
      refuse(
        `touches ${arns.length} resources, but a target of FIS names at most ${mostArns}`,
        "pass fewer, or make several experiments",
      );
    }
    const { recoveryTimeSeconds } = hypothesis.row;
    if (recoveryTimeSeconds > minutes * 60) {
      refuse(
        `ends after ${minutes * 60} s, before its hypothesis can fail, which is about ${recoveryTimeSeconds} s`,
        "let it last longer",
      );
    }
    const { length } = description({ ...props, hypothesis });
    if (length > longestDescription) {
      refuse(
        `has a description of ${length} characters, but FIS takes ${longestDescription}`,
        "say in fewer words what it does and what holds",
      );
    }
  }
}

const description = ({ does, hypothesis }: Pick<Props, "does" | "hypothesis">): string =>
  `${does}. Hypothesis: ${hypothesisText(hypothesis)}.`;

/** @see https://docs.aws.amazon.com/fis/latest/userguide/monitoring-logging.html */
const writeLog: PolicyStatement = {
  sid: "WriteLog",
  actions: [
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
  ],
  resources: ["*"],
  wildcards: {
    resource:
      "CloudWatch Logs takes no resource for deliveries and for its own resource policies, and FIS looks for its log group among all.",
  },
};
