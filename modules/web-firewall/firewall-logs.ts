import {
  Wafv2WebAclLoggingConfiguration,
  type Wafv2WebAclLoggingConfigurationRedactedFields,
} from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { acceptFinding, deploymentStackOf, LogGroup } from "../core";
import type { WebFirewallConfig } from "./config";

export interface FirewallLogsProps {
  /** The web ACL's name. */
  readonly name: string;
  readonly region: string;
  readonly webAclArn: string;
  readonly config: WebFirewallConfig;
  /** Encrypts the log. */
  readonly keyArn?: string;
}

/**
 * The log of a web ACL. WAF adds the permission to write to it to the region's resource policies automatically.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export class FirewallLogs extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, { name, region, webAclArn, config, keyArn }: FirewallLogsProps) {
    super(scope, id);
    const provider = deploymentStackOf(this).providers.in(region);
    const group = new LogGroup(this, "group", {
      provider,
      // WAF only accepts log groups with this prefix.
      name: `aws-waf-logs-${name}`,
      retentionDays: config.logRetentionDays,
      keyArn,
    });
    if (keyArn === undefined) {
      acceptFinding(group, "CKV_AWS_158", "No key was passed, so CloudWatch Logs encrypts it with a key of its own.");
    }
    new Wafv2WebAclLoggingConfiguration(this, "configuration", {
      provider,
      resourceArn: webAclArn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedFields(config.redactedFields),
      ...(config.logRequests === "matched" ? { loggingFilter: matchedOnly } : {}),
    });
    this.logGroupName = group.name;
  }
}

const matchedOnly = {
  defaultBehavior: "DROP",
  filter: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
    },
  ],
};

function redactedFields({
  headers,
  queryString,
  uriPath,
}: WebFirewallConfig["redactedFields"]): Wafv2WebAclLoggingConfigurationRedactedFields[] | undefined {
  const all = [
    // WAF only supports lower-case header names.
    ...headers.map((name) => ({ singleHeader: { name: name.toLowerCase() } })),
    ...(queryString ? [{ queryString: {} }] : []),
    ...(uriPath ? [{ uriPath: {} }] : []),
  ];
  return all.length > 0 ? all : undefined;
}
