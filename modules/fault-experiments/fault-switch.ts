import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, partitionOf, ServiceRole, trustPolicy } from "../core";
import type { FunctionFaultsConfig } from "./config";
import type { ExperimentAction } from "./fault-experiment";
import { switchScript } from "./switch-script";

export interface FaultSwitchProps {
  /** `<environment>-<experiment>`. */
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Name of the function, for the description. */
  readonly functionName: string;
  /** Name and ARN of the parameter that switches its faults: `FaultInjection` makes it. */
  readonly parameterName: string;
  readonly parameterArn: string;
  readonly config: FunctionFaultsConfig;
}

/** A value of a parameter of the standard tier, in bytes. */
const longestValue = 4096;

/**
 * An Automation runbook that switches faults of a function on, waits, and switches them off again, also when it is cancelled.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html
 */
export class FaultSwitch extends Construct {
  /** What an experiment does with it. */
  readonly action: ExperimentAction;

  constructor(scope: Construct, id: string, props: FaultSwitchProps) {
    super(scope, id);
    const { name, region, account, functionName, parameterName, parameterArn, config } = props;
    const { minutes, faults } = config;
    const partition = partitionOf(region);
    const arn = (what: string) => `arn:${partition}:ssm:${region}:${account}:${what}`;
    const role = new ServiceRole(this, "automation", {
      region,
      nameParts: [name, "switch", region],
      trust: trustPolicy(
        { Service: "ssm.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          // The id of an execution is given when it is started.
          ArnLike: { "aws:SourceArn": arn("automation-execution/*") },
        },
      ),
      policyName: "switch",
      statements: [{ actions: ["ssm:PutParameter"], resources: [parameterArn] }],
    });
    const written = JSON.stringify(faults);
    // With the time and the minutes that the script adds.
    const size = Buffer.byteLength(written) + 100;
    if (size > longestValue) {
      throw new ConstructError(
        this,
        `its faults take ${size} bytes, but the parameter that switches them takes ${longestValue}`,
        "inject fewer at once",
      );
    }
    const document = new SsmDocument(this, "runbook", {
      provider: deploymentStackOf(this).providers.in(region),
      name,
      documentType: "Automation",
      documentFormat: "JSON",
      content: JSON.stringify(
        runbook({ minutes, faults: written, parameterName, roleArn: role.roleArn, functionName }),
      ),
      dependsOn: [role.policy],
    });
    this.action = {
      actionId: "aws:ssm:start-automation-execution",
      does: `Injects faults into ${functionName} for ${minutes} min`,
      parameters: {
        documentArn: document.arn,
        // A little longer than the runbook waits, so that it ends by itself.
        maxDuration: `PT${minutes + 5}M`,
      },
      statements: [
        {
          actions: ["ssm:StartAutomationExecution"],
          resources: [document.arn, arn(`automation-definition/${name}:*`), arn("automation-execution/*")],
        },
        // The id of an execution is given when it is started.
        {
          actions: ["ssm:GetAutomationExecution", "ssm:StopAutomationExecution"],
          resources: [arn("automation-execution/*")],
        },
        {
          actions: ["iam:PassRole"],
          resources: [role.roleArn],
          conditions: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
        },
      ],
    };
  }
}

function runbook(of: {
  readonly minutes: number;
  readonly faults: string;
  readonly parameterName: string;
  readonly roleArn: string;
  readonly functionName: string;
}): object {
  const always = { onFailure: "step:switchOff", onCancel: "step:switchOff" };
  return {
    schemaVersion: "0.3",
    description: `Switches faults of ${of.functionName} on for ${of.minutes} minutes, and off again.`,
    assumeRole: of.roleArn,
    mainSteps: [
      {
        name: "switchOn",
        action: "aws:executeScript",
        timeoutSeconds: 60,
        ...always,
        inputs: {
          Runtime: "python3.11",
          Handler: "switch_on",
          InputPayload: { name: of.parameterName, minutes: of.minutes, faults: of.faults },
          Script: switchScript,
        },
      },
      { name: "wait", action: "aws:sleep", ...always, inputs: { Duration: `PT${of.minutes}M` } },
      {
        name: "switchOff",
        action: "aws:executeAwsApi",
        isEnd: true,
        inputs: {
          Service: "ssm",
          Api: "PutParameter",
          Name: of.parameterName,
          Value: "off",
          Overwrite: true,
        },
      },
    ],
  };
}
