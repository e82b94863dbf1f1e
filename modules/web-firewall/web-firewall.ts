import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  metricAlarm,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../core";
import { byVersion } from "./addresses";
import { capacityOf, type WebFirewallConfig, type WebFirewallInput, webFirewallConfig } from "./config";
import { FirewallLogs } from "./firewall-logs";
import { webAclRules } from "./rules";

export interface WebFirewallProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: WebFirewallInput;
  /** Name of the web ACL, `<environment>-<name>`. Changing it replaces the web ACL. */
  readonly name: string;
  /** The web ACL's region; must be us-east-1 for scope CLOUDFRONT. */
  readonly region: string;
  /** Encrypts the log; without it, CloudWatch Logs uses its own key. */
  readonly key?: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * A web ACL with its address lists, rate limits, managed rules and log.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 */
export class WebFirewall extends Construct {
  readonly scope: WebFirewallConfig["scope"];
  readonly region: string;
  readonly webAclArn: string;
  readonly logGroupName: string;
  /** Capacity that the rules use, in web ACL capacity units. */
  readonly capacity: number;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const { region, alarms } = props;
    const config = parseConfig(webFirewallConfig, props.config, this.node.path);
    const name = this.checkedName(props.name);
    if (config.scope === "CLOUDFRONT" && region !== "us-east-1") {
      throw new ConstructError(this, `is for CloudFront but in ${region}`, "create it in us-east-1");
    }
    const webAcl = new Wafv2WebAcl(this, "web-acl", {
      provider: deploymentStackOf(this).providers.in(region),
      name,
      scope: config.scope,
      defaultAction: config.defaultAction === "allow" ? { allow: {} } : { block: {} },
      rule: webAclRules(config, {
        deny: this.addIpSets("deny", config.denyAddresses, { ...props, name, scope: config.scope }),
        allow: this.addIpSets("allow", config.allowAddresses, { ...props, name, scope: config.scope }),
      }),
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
      // Changing name or scope replaces the web ACL, and AWS does not delete one that is still in use.
      lifecycle: { createBeforeDestroy: true },
    });

    this.scope = config.scope;
    this.region = region;
    this.webAclArn = webAcl.arn;
    this.capacity = capacityOf(config);
    this.logGroupName = new FirewallLogs(this, "logs", {
      name,
      region,
      webAclArn: webAcl.arn,
      config,
      keyArn: props.key?.arnIn(region),
    }).logGroupName;
    if (alarms) this.addAlarm(name, config, alarms);
  }

  /**
   * Associates a regional resource with the web ACL: a load balancer, a REST API stage or a user pool.
   * @param id kebab-case, unique in the web ACL; it becomes part of the Terraform address
   */
  protect(id: string, resourceArn: string): void {
    if (this.scope === "CLOUDFRONT") {
      throw new ConstructError(
        this,
        `is for CloudFront, so "${id}" cannot be associated with it`,
        "pass webAclArn to the distribution",
      );
    }
    if (!Token.isUnresolved(resourceArn) && /:apigateway:[a-z0-9-]+::\/apis\//.test(resourceArn)) {
      throw new ConstructError(
        this,
        `"${id}" is an HTTP API, which WAF does not protect`,
        "put a distribution in front of it",
      );
    }
    new Wafv2WebAclAssociation(this, `protect-${id}`, {
      provider: deploymentStackOf(this).providers.in(this.region),
      resourceArn,
      webAclArn: this.webAclArn,
    });
  }

  /** One IP set for each IP version in use. Addresses change in place. */
  private addIpSets(
    list: "allow" | "deny",
    ranges: readonly string[],
    { name, scope, region }: { readonly name: string; readonly scope: string; readonly region: string },
  ): string[] {
    return Object.entries(byVersion(ranges))
      .filter(([, addresses]) => addresses.length > 0)
      .map(
        ([ipAddressVersion, addresses]) =>
          new Wafv2IpSet(this, `${list}-${ipAddressVersion.toLowerCase()}`, {
            provider: deploymentStackOf(this).providers.in(region),
            name: resourceName(this, [name, list, ipAddressVersion.toLowerCase()], 128),
            scope,
            ipAddressVersion,
            addresses,
          }).arn,
      );
  }

  private addAlarm(name: string, { alarms: { blockedRequests } }: WebFirewallConfig, target: AlarmTarget): void {
    metricAlarm(this, "blocked-requests-alarm", deploymentStackOf(this).providers, target, {
      region: this.region,
      alarmName: `${name}-firewall-blocked-requests`,
      alarmDescription: `The web ACL ${name} blocks many requests: an attack, or a rule that hits real users. terminatingRuleId in its log names the rule.`,
      namespace: "AWS/WAFV2",
      metricName: "BlockedRequests",
      dimensions: {
        WebACL: name,
        Rule: "ALL",
        ...(this.scope === "REGIONAL" ? { Region: this.region } : {}),
      },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: blockedRequests,
      period: 300,
      evaluationPeriods: 1,
    });
  }

  private checkedName(name: string): string {
    if (!/^[\w-]+$/.test(name)) {
      throw new ConstructError(
        this,
        `"${name}" is not a valid web ACL name`,
        "use letters, digits, underscores and hyphens",
      );
    }
    return resourceName(this, [name], 128);
  }
}
