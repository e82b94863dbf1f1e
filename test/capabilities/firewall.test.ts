import { EdgeSite, edgeSiteConfig } from "../../blueprints/edge-site";
import { firewall } from "../../capabilities/firewall";
import type { BuildContext } from "../../contract";
import { webFirewallConfig } from "../../modules/web-firewall";
import { account, alarms, key } from "../modules/service-function/fixtures/references";
import { ref, synthGlobal } from "../support/synth";

const result = synthGlobal((stack) => {
  const site = new EdgeSite(stack, "shop", {
    config: edgeSiteConfig.parse({}),
    name: "test-shop",
    account,
    origins: { home: { domainName: "eu-west-1.api.example.com" } },
    regions: ["eu-west-1"],
    key,
    router: false,
    alarms,
  });
  const context = { operationsKey: key, dataKey: key, alarmTarget: alarms, alertTopics: alarms } as BuildContext;
  const config = {
    ...edgeSiteConfig.parse({}),
    firewall: { ...webFirewallConfig.parse({ scope: "CLOUDFRONT" }), scope: "CLOUDFRONT" as const },
  };
  firewall.builds?.edge?.(site, { ...context, config, name: "test-shop" });
});

describe("The capability firewall", () => {
  test("puts one web ACL in front of a distribution", () => {
    expect(result.at("aws_cloudfront_distribution.shop_distribution_distribution").web_acl_id).toBe(
      ref("aws_wafv2_web_acl.shop_firewall_web-acl.arn"),
    );
    expect(result.at("aws_wafv2_web_acl.shop_firewall_web-acl")).toMatchObject({
      name: "test-shop",
      scope: "CLOUDFRONT",
      provider: "aws.us-east-1",
    });
  });

  test("encrypts its log in us-east-1", () => {
    expect(result.at("aws_cloudwatch_log_group.shop_firewall_logs_group").kms_key_id).toBe(key.arnIn("us-east-1"));
  });
});
