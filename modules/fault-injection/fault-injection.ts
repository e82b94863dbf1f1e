import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  isParameterPath,
  metricAlarm,
  parameterArn,
  parametersBelow,
  parseConfig,
  switchParameter,
} from "../core";
import { type FaultInjectionInput, faultInjectionConfig } from "./config";

export interface FaultInjectionProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: FaultInjectionInput;
  /** The path of the parameter, `/<environment>/<service>/chaos`; cannot change. */
  readonly path: string;
  /** The region of the function: each region has a switch of its own. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Where the alarm sends notifications that faults are injected; without it there is none. */
  readonly alarms?: AlarmTarget;
}

/** A function with faults: its role reads the switch, its variables say where it is. */
export interface FaultyFunction extends Grantee {
  /** What its metrics go by. */
  readonly functionName: string;
  addEnvironmentVariables(variables: Readonly<Record<string, string>>): void;
}

/**
 * The switch of the faults that `evenkeel/runtime/chaos` injects into one function in one region: a parameter that is `off` when it is
 * made, and that Terraform then leaves alone.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
 */
export class FaultInjection extends Construct {
  readonly region: string;
  /** Name of the parameter. */
  readonly parameterName: string;
  private readonly longestMinutes: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FaultInjectionProps,
  ) {
    super(scope, id);
    const { path, region } = props;
    this.longestMinutes = parseConfig(faultInjectionConfig, props.config, this.node.path).longestMinutes;
    if (!isParameterPath(path)) {
      const problem = `"${path}" is not a valid parameter path`;
      throw new ConstructError(this, problem, "start with a slash, and do not begin with aws or ssm");
    }
    this.region = region;
    this.parameterName = `${path}/faults`;
    // It is switched by people, and a deployment must not end an experiment half-way.
    const parameter = switchParameter(this, "switch", {
      region,
      name: this.parameterName,
      description: "Faults that are injected, as JSON with a time and an end; off for none",
      allowedPattern: "^(?:off|\\{.*\\})$",
      initially: "off",
    });
    acceptFinding(
      parameter,
      "CKV2_AWS_34",
      "It holds no secret, and whoever reads the account should see that faults are on.",
    );
  }

  /** Lets a function read the switch, and tells it where it is. @throws ConstructError if it is in another region */
  attach(target: FaultyFunction): void {
    if (target.region !== this.region) {
      throw new ConstructError(
        this,
        `switches faults of "${this.region}", which a function in "${target.region}" must not follow`,
        "create a FaultInjection for each region",
      );
    }
    target.addToRolePolicy({ actions: ["ssm:GetParametersByPath"], resources: parametersBelow(this.props) });
    target.addEnvironmentVariables({
      CHAOS_SETTINGS_PATH: this.props.path,
      CHAOS_LONGEST_MINUTES: String(this.longestMinutes),
    });
    if (this.props.alarms) this.addAlarm(target.functionName, this.props.alarms);
  }

  /** ARN of the switch. */
  get parameterArn(): string {
    return parameterArn({ ...this.props, path: this.parameterName });
  }

  /** Says that faults are on: whoever looks for the cause of another alarm should know, and nobody should forget them. */
  private addAlarm(functionName: string, alarms: AlarmTarget): void {
    metricAlarm(this, "injected-alarm", deploymentStackOf(this).providers, alarms, {
      region: this.region,
      alarmName: `${functionName}-faults-injected`,
      alarmDescription: `Faults are injected into ${functionName} in ${this.region}, as ${this.parameterName} says. Ask who has switched them on; off ends them.`,
      namespace: "Evenkeel/Functions",
      metricName: "FaultsInjected",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      // Faults of a small share of few requests show in some minutes only.
      evaluationPeriods: 5,
      datapointsToAlarm: 1,
    });
  }
}
