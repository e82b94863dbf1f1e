import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyDetectorFeature } from "@cdktf/provider-aws/lib/guardduty-detector-feature";
import { Inspector2Enabler } from "@cdktf/provider-aws/lib/inspector2-enabler";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, parseConfig, resourceName } from "../core";
import { type AccountSecurityConfig, type AccountSecurityInput, accountSecurityConfig } from "./config";
import { guardDutyPattern, inspectorPattern } from "./finding-patterns";

export interface AccountSecurityProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: AccountSecurityInput;
  /** Part of all names; cannot change. */
  readonly name: string;
  /** The region that is scanned: both services are of one region. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The topics that findings go to; their policy and key let EventBridge publish. */
  readonly alerts: AlarmTarget;
}

/** A rule on the default bus of the region. */
interface FindingRule {
  readonly description: string;
  readonly pattern: object;
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * What an account has once for all of its functions in a region: scans by Inspector, watching by GuardDuty, and rules that send findings to the alert
 * topic. Two states that have it would switch it off for each other, so it belongs into a stack of the account.
 * @see https://docs.aws.amazon.com/inspector/latest/user/scanning-lambda.html
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/lambda-protection.html
 */
export class AccountSecurity extends Construct {
  private readonly config: AccountSecurityConfig;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccountSecurityProps,
  ) {
    super(scope, id);
    this.config = parseConfig(accountSecurityConfig, props.config, this.node.path);
    const { inspector, guardDuty, findings } = this.config;
    if (inspector) {
      this.addInspector(inspector);
      this.addRule("inspector-findings", {
        description: "Vulnerabilities that Inspector finds.",
        pattern: inspectorPattern(findings),
        inputPaths: {
          severity: "$.detail.severity",
          title: "$.detail.title",
          resource: "$.detail.resources[0].id",
          finding: "$.detail.findingArn",
        },
        text: `Inspector, ${props.account} in ${props.region}: <severity>, <title>, in <resource>. Update the package and deploy; evenkeel sbom says which bundles have it. <finding>`,
      });
    }
    if (guardDuty) {
      this.addGuardDuty(guardDuty);
      this.addRule("guardduty-findings", {
        description: "Threats that GuardDuty finds.",
        pattern: guardDutyPattern(findings),
        inputPaths: {
          severity: "$.detail.severity",
          title: "$.detail.title",
          type: "$.detail.type",
          finding: "$.detail.id",
        },
        text: `GuardDuty, ${props.account} in ${props.region}: severity <severity>, <type>: <title>. If the function does what nobody wrote, set its reserved concurrency to 0, then look at its log and its role. Finding <finding>`,
      });
    }
  }

  private addInspector({ codeScans }: NonNullable<AccountSecurityConfig["inspector"]>): void {
    new Inspector2Enabler(this, "inspector", {
      provider: this.provider,
      accountIds: [this.props.account],
      // Code is only scanned where packages are.
      resourceTypes: codeScans ? ["LAMBDA", "LAMBDA_CODE"] : ["LAMBDA"],
    });
  }

  private addGuardDuty(config: NonNullable<AccountSecurityConfig["guardDuty"]>): void {
    const existing = (config.existingDetectors as Readonly<Record<string, string>>)[this.props.region];
    const detectorId = existing ?? this.detector(config).id;
    new GuarddutyDetectorFeature(this, "lambda-network-logs", {
      provider: this.provider,
      detectorId,
      name: "LAMBDA_NETWORK_LOGS",
      status: "ENABLED",
    });
  }

  private detector({ publishingFrequency }: NonNullable<AccountSecurityConfig["guardDuty"]>): GuarddutyDetector {
    return new GuarddutyDetector(this, "detector", {
      provider: this.provider,
      enable: true,
      findingPublishingFrequency: publishingFrequency,
    });
  }

  private addRule(id: string, { description, pattern, inputPaths, text }: FindingRule): void {
    const { provider } = this;
    const { region, alerts } = this.props;
    const { name } = new CloudwatchEventRule(this, id, {
      provider,
      name: resourceName(this, [this.props.name, id], 64),
      description,
      eventPattern: JSON.stringify(pattern),
    });
    new CloudwatchEventTarget(this, `${id}-topic`, {
      provider,
      rule: name,
      arn: alerts.topicArn(region),
      inputTransformer: { inputPaths, inputTemplate: JSON.stringify(text) },
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.props.region);
  }
}
