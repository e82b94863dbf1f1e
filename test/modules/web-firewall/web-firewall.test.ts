import { readFileSync } from "node:fs";
import path from "node:path";
import { parseConfig } from "../../../modules/core";
import { capacityOf, WebFirewall, type WebFirewallProps, webFirewallConfig } from "../../../modules/web-firewall";
import { ref, type Synthesized, synthGlobal } from "../../support/synth";
import { alarms, key } from "../service-function/fixtures/references";
import { fullProps, loadBalancerArn, minimalProps } from "./every-option";
import { build as example } from "./example";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly [field: string]: unknown;
}

const build = (props: WebFirewallProps, more?: (firewall: WebFirewall) => void) =>
  synthGlobal((stack) => {
    const firewall = new WebFirewall(stack, "firewall", props);
    more?.(firewall);
  });
const minimal = (changes: Partial<WebFirewallProps> = {}) => build({ ...minimalProps, ...changes });
const full = (changes: Partial<WebFirewallProps> = {}) => build({ ...fullProps, ...changes });
const webAclOf = ({ at }: Synthesized) => at("aws_wafv2_web_acl.firewall_web-acl");
const rulesOf = (result: Synthesized) => webAclOf(result).rule as Rule[];
const ruleOf = (result: Synthesized, name: string) => rulesOf(result).find((rule) => rule.name === name);

describe("WebFirewall", () => {
  test("has these addresses with every option, which are frozen", () => {
    expect(build(fullProps, (firewall) => firewall.protect("load-balancer", loadBalancerArn)).addresses).toEqual([
      "aws_cloudwatch_log_group.firewall_logs_group",
      "aws_cloudwatch_metric_alarm.firewall_blocked-requests-alarm",
      "aws_wafv2_ip_set.firewall_allow-ipv4",
      "aws_wafv2_ip_set.firewall_allow-ipv6",
      "aws_wafv2_ip_set.firewall_deny-ipv4",
      "aws_wafv2_web_acl.firewall_web-acl",
      "aws_wafv2_web_acl_association.firewall_protect-load-balancer",
      "aws_wafv2_web_acl_logging_configuration.firewall_logs_configuration",
    ]);
  });

  test("is made under another name before the old one goes, which something may still use", () => {
    expect(webAclOf(minimal()).lifecycle).toEqual({ create_before_destroy: true });
  });

  test("protects from the start: a rate limit, and AWS's groups against bad addresses, common and known attacks", () => {
    const result = minimal();
    expect(webAclOf(result)).toMatchObject({
      provider: "aws.us-east-1",
      scope: "CLOUDFRONT",
      name: "test-minimal",
      default_action: { allow: {} },
    });
    expect(rulesOf(result).map(({ name }) => name)).toEqual([
      "rate-per-address",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
    ]);
    expect(ruleOf(result, "rate-per-address")).toMatchObject({
      action: { block: { custom_response: { response_code: 429 } } },
      statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300, aggregate_key_type: "IP" } },
    });
  });

  test("decides in this order: denied, allowed, too many, suspicious; and each rule has its own place", () => {
    const rules = rulesOf(full());
    expect(rules.map(({ name, priority }) => [priority, name])).toEqual([
      [0, "deny-addresses"],
      [10, "allow-addresses"],
      [100, "rate-login"],
      [101, "rate-search"],
      [102, "rate-per-address"],
      [200, "AWSManagedRulesAmazonIpReputationList"],
      [202, "AWSManagedRulesCommonRuleSet"],
      [205, "AWSManagedRulesSQLiRuleSet"],
    ]);
  });

  test("keeps addresses in one set for each IP version, of the web ACL's own scope", () => {
    const result = full();
    expect(result.at("aws_wafv2_ip_set.firewall_allow-ipv6")).toMatchObject({
      provider: "aws.eu-west-1",
      scope: "REGIONAL",
      ip_address_version: "IPV6",
      addresses: ["2001:db8::/32"],
    });
    expect(ruleOf(result, "allow-addresses")).toMatchObject({
      action: { allow: {} },
      statement: {
        or_statement: {
          statement: ["allow-ipv4", "allow-ipv6"].map((set) => ({
            ip_set_reference_statement: { arn: ref(`aws_wafv2_ip_set.firewall_${set}.arn`) },
          })),
        },
      },
    });
    expect(ruleOf(result, "deny-addresses")).toMatchObject({
      action: { block: {} },
      statement: { ip_set_reference_statement: { arn: ref("aws_wafv2_ip_set.firewall_deny-ipv4.arn") } },
    });
  });

  test("counts or blocks above a limit, of some paths only if told so", () => {
    expect(ruleOf(full(), "rate-search")).toMatchObject({
      action: { count: {} },
      statement: {
        rate_based_statement: {
          limit: 500,
          scope_down_statement: {
            byte_match_statement: { search_string: "/search", positional_constraint: "STARTS_WITH" },
          },
        },
      },
    });
  });

  test("lets groups act or only count, and changes the action of single rules", () => {
    expect(ruleOf(full(), "AWSManagedRulesCommonRuleSet")).toMatchObject({
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          vendor_name: "AWS",
          version: "Version_1.10",
          rule_action_override: [
            { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
            { name: "NoUserAgent_HEADER", action_to_use: { allow: {} } },
          ],
        },
      },
    });
    expect(ruleOf(full(), "AWSManagedRulesSQLiRuleSet")).toMatchObject({ override_action: { count: {} } });
  });

  test("logs to a group that WAF takes, with retention and key, and without what is redacted", () => {
    const { at } = full();
    expect(at("aws_cloudwatch_log_group.firewall_logs_group")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "aws-waf-logs-test-full",
      retention_in_days: 90,
      kms_key_id: key.arnIn("eu-west-1"),
    });
    const configuration = at("aws_wafv2_web_acl_logging_configuration.firewall_logs_configuration");
    expect(configuration).toMatchObject({
      log_destination_configs: [ref("aws_cloudwatch_log_group.firewall_logs_group.arn")],
      redacted_fields: [
        { single_header: { name: "authorization" } },
        { single_header: { name: "x-api-key" } },
        { query_string: {} },
        { uri_path: {} },
      ],
    });
  });

  test("logs every request when told to", () => {
    const { at } = minimal({ config: { scope: "CLOUDFRONT", logRequests: "all" } });
    expect(at("aws_wafv2_web_acl_logging_configuration.firewall_logs_configuration")).not.toHaveProperty(
      "logging_filter",
    );
  });

  test("logs what rules matched by default, and never authorization and cookies", () => {
    expect(minimal().at("aws_wafv2_web_acl_logging_configuration.firewall_logs_configuration")).toMatchObject({
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          expect.objectContaining({
            behavior: "KEEP",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ action_condition: { action } })),
          }),
        ],
      },
    });
  });

  test("alarms on blocked requests, with the region as a dimension only where there is one", () => {
    const alarm = "aws_cloudwatch_metric_alarm.firewall_blocked-requests-alarm";
    expect(full().at(alarm)).toMatchObject({
      provider: "aws.eu-west-1",
      threshold: 50,
      dimensions: { WebACL: "test-full", Rule: "ALL", Region: "eu-west-1" },
      alarm_actions: [alarms.topicArn("eu-west-1")],
    });
    expect(minimal({ alarms }).at(alarm).dimensions).toEqual({ WebACL: "test-minimal", Rule: "ALL" });
    expect(minimal().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("knows the capacity that its rules take", () => {
    const capacities: number[] = [];
    build(minimalProps, ({ capacity }) => capacities.push(capacity));
    build(fullProps, ({ capacity }) => capacities.push(capacity));
    expect(capacities).toEqual([25 + 700 + 200 + 2, 25 + 700 + 200 + 3 + 14 + 14 + 2]);
  });

  test("is documented with an example that builds", () => {
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.resolve(__dirname, "../../../modules/web-firewall/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function build")).trim());
    expect(synthGlobal((stack) => void example(stack, alarms)).addresses).toContain(
      "aws_wafv2_web_acl.firewall_web-acl",
    );
  });
});

describe("WebFirewall refuses", () => {
  const refused: [string, () => unknown, RegExp][] = [
    [
      "a firewall for CloudFront outside of us-east-1",
      () => minimal({ region: "eu-west-1" }),
      /test\/firewall: is for CloudFront but in eu-west-1; create it in us-east-1/,
    ],
    [
      "to be associated with a resource when it is for CloudFront",
      () => build(minimalProps, (firewall) => firewall.protect("load-balancer", loadBalancerArn)),
      /is for CloudFront, so "load-balancer" cannot be associated with it; pass webAclArn to the distribution/,
    ],
    [
      "an HTTP API, which WAF does not protect",
      () =>
        build(fullProps, (firewall) =>
          firewall.protect("api", "arn:aws:apigateway:eu-west-1::/apis/abc123/stages/$default"),
        ),
      /"api" is an HTTP API, which WAF does not protect; put a distribution in front of it/,
    ],
    [
      "a name with other characters",
      () => minimal({ name: "test.acl" }),
      /"test\.acl" is not a valid web ACL name; use letters/,
    ],
    [
      "a name that is too long",
      () => minimal({ name: "a".repeat(129) }),
      /has 129 characters, but AWS allows at most 128/,
    ],
  ];

  test.each(refused)("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("webFirewallConfig", () => {
  const parse = (changes: object) => parseConfig(webFirewallConfig, { scope: "CLOUDFRONT", ...changes }, "firewall");

  test("fits into the capacity of the base price with AWS's baseline groups and one for what the service runs on", () => {
    const config = parse({
      managedRuleGroups: {
        AWSManagedRulesCommonRuleSet: {},
        AWSManagedRulesKnownBadInputsRuleSet: {},
        AWSManagedRulesAmazonIpReputationList: {},
        AWSManagedRulesAdminProtectionRuleSet: {},
        AWSManagedRulesSQLiRuleSet: {},
      },
    });
    expect(capacityOf(config)).toBe(1227);
  });

  const limit = { name: "a", limit: 100 };
  const refused: [string, object, RegExp][] = [
    ["no scope", { scope: undefined }, /scope: is required; set it to one of CLOUDFRONT, REGIONAL/],
    [
      "rules above the capacity of the base price",
      {
        managedRuleGroups: {
          AWSManagedRulesCommonRuleSet: {},
          AWSManagedRulesKnownBadInputsRuleSet: {},
          AWSManagedRulesSQLiRuleSet: {},
          AWSManagedRulesLinuxRuleSet: {},
          AWSManagedRulesWindowsRuleSet: {},
        },
      },
      /managedRuleGroups: needs 1502 WCU together with the other rules, but the base price covers 1500; remove rule groups/,
    ],
    [
      "an unknown rule group",
      { managedRuleGroups: { AWSManagedRulesComonRuleSet: {} } },
      /AWSManagedRulesComonRuleSet: unknown field; did you mean "AWSManagedRulesCommonRuleSet"\?/,
    ],
    [
      "an unknown override",
      { managedRuleGroups: { AWSManagedRulesCommonRuleSet: { overrideAction: "block" } } },
      /overrideAction: is not one of the allowed values; use one of none, count/,
    ],
    ["a limit below WAF's least", { rateLimits: [{ ...limit, limit: 9 }] }, /limit: is too small; use at least 10/],
    [
      "a window that WAF does not have",
      { rateLimits: [{ ...limit, evaluationWindowSeconds: 30 }] },
      /evaluationWindowSeconds: is not one of the allowed values; use one of 60, 120, 300, 600/,
    ],
    ["two limits of one name", { rateLimits: [limit, limit] }, /rateLimits\[1\]\.name: is used twice/],
    [
      "a path prefix without a slash",
      { rateLimits: [{ ...limit, pathPrefix: "login" }] },
      /pathPrefix: is not a path; start with \//,
    ],
    [
      "an address without a prefix",
      { denyAddresses: ["203.0.113.7"] },
      /denyAddresses\[0\]: is not an address range; write it in CIDR notation/,
    ],
    ["an address that is none", { denyAddresses: ["203.0.113.300/32"] }, /denyAddresses\[0\]: is not an address range/],
    ["a prefix that is too long", { denyAddresses: ["203.0.113.0/33"] }, /has the prefix \/33; use at most \/32/],
    [
      "every address",
      { allowAddresses: ["::/0"] },
      /allowAddresses\[0\]: covers every address, which WAF does not allow; set defaultAction/,
    ],
    ["a range twice", { denyAddresses: ["203.0.113.0/24", "203.0.113.0/24"] }, /denyAddresses\[1\]: is listed twice/],
    [
      "a range that is denied and allowed",
      { denyAddresses: ["203.0.113.0/24"], allowAddresses: ["203.0.113.0/24"] },
      /allowAddresses\[0\]: is also in denyAddresses, which takes precedence/,
    ],
    [
      "a redacted header twice",
      { redactedFields: { headers: ["Cookie", "cookie"] } },
      /redactedFields\.headers\[1\]: is listed twice/,
    ],
    ["a header that is none", { redactedFields: { headers: ["set cookie"] } }, /headers\[0\]: is not a header name/],
    ["a misspelt field", { rateLimit: [] }, /rateLimit: unknown field; did you mean "rateLimits"\?/],
  ];

  test.each(refused)("refuses %s", (_, changes, message) => {
    expect(() => parse(changes)).toThrow(message);
  });

  test("reports mistakes in several places at once", () => {
    expect(() =>
      parse({ denyAddresses: ["x"], rateLimits: [{ ...limit, limit: 1 }, limit], logRetentionDays: 31 }),
    ).toThrow("4 mistakes");
  });
});
