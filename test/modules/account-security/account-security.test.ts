import { accountSecurityConfig, guardDutyPattern, inspectorPattern } from "../../../modules/account-security";
import { synth } from "../../support/synth";
import { matches } from "./event-matcher";
import { everyOption } from "./every-option";
import { guardDutyFinding, inspectorCodeFinding, inspectorFinding } from "./findings";

const findings = (input: object = {}) => accountSecurityConfig.parse({ inspector: {}, findings: input }).findings;

describe("The rule for findings of Inspector", () => {
  test("takes the finding about a function that AWS documents", () => {
    expect(matches(inspectorPattern(findings()), inspectorFinding())).toBe(true);
    expect(matches(inspectorPattern(findings()), inspectorCodeFinding())).toBe(true);
  });

  test.each([
    ["a less severe one", inspectorFinding({ severity: "MEDIUM" })],
    ["one that is closed", inspectorFinding({ status: "CLOSED" })],
    [
      "one about an instance",
      inspectorFinding({ resources: [{ id: "i-0c2a343f1948d5205", type: "AWS_EC2_INSTANCE" }] }),
    ],
    ["an event of a scan", { ...inspectorFinding(), "detail-type": "Inspector2 Scan" }],
    ["an event of another service", { ...inspectorFinding(), source: "aws.ecr" }],
  ])("leaves out %s", (_, event) => {
    expect(matches(inspectorPattern(findings()), event)).toBe(false);
  });

  test("takes them if the account asks for it", () => {
    const asked = inspectorPattern(findings({ leastSeverity: "MEDIUM", about: "everything" }));
    expect(matches(asked, inspectorFinding({ severity: "MEDIUM" }))).toBe(true);
    expect(matches(asked, inspectorFinding({ severity: "LOW" }))).toBe(false);
    expect(matches(asked, inspectorFinding({ resources: [{ type: "AWS_EC2_INSTANCE" }] }))).toBe(true);
  });
});

describe("The rule for findings of GuardDuty", () => {
  test("takes one about a function from a severity on", () => {
    expect(matches(guardDutyPattern(findings()), guardDutyFinding({ severity: 8 }))).toBe(true);
    expect(matches(guardDutyPattern(findings()), guardDutyFinding({ severity: 6.9 }))).toBe(false);
    expect(matches(guardDutyPattern(findings({ leastSeverity: "CRITICAL" })), guardDutyFinding({ severity: 8 }))).toBe(
      false,
    );
    expect(matches(guardDutyPattern(findings({ leastSeverity: "LOW" })), guardDutyFinding({ severity: 2 }))).toBe(true);
  });

  test("leaves out what is about anything else, unless the account asks for it", () => {
    const event = guardDutyFinding({ severity: 8, resource: { resourceType: "AccessKey" } });
    expect(matches(guardDutyPattern(findings()), event)).toBe(false);
    expect(matches(guardDutyPattern(findings({ about: "everything" })), event)).toBe(true);
  });
});

describe("AccountSecurity", () => {
  const stack = synth(everyOption);
  test("scans code only where packages are scanned", () => {
    expect(stack.at("aws_inspector2_enabler.full_inspector")).toMatchObject({
      account_ids: ["111111111111"],
      resource_types: ["LAMBDA", "LAMBDA_CODE"],
    });
    expect(stack.at("aws_inspector2_enabler.least_inspector")).toMatchObject({ resource_types: ["LAMBDA"] });
  });

  test("takes a detector that is there already, and makes one elsewhere", () => {
    expect(stack.at("aws_guardduty_detector_feature.existing_lambda-network-logs")).toMatchObject({
      detector_id: "0123456789abcdef0123456789abcdef",
      name: "LAMBDA_NETWORK_LOGS",
      status: "ENABLED",
    });
    expect(stack.addresses.filter((address) => address.startsWith("aws_guardduty_detector."))).toEqual([
      "aws_guardduty_detector.full_detector",
    ]);
  });

  test("sends findings to the topic of the region", () => {
    expect(stack.at("aws_cloudwatch_event_target.full_inspector-findings-topic")).toMatchObject({
      arn: "arn:aws:sns:eu-west-1:111111111111:alerts",
    });
  });

  test("refuses to switch nothing on", () => {
    expect(accountSecurityConfig.safeParse({}).error?.issues[0]?.message).toContain("switches nothing on");
  });
});
