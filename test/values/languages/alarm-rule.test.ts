import { alarmRule } from "../../../values/languages";

describe("The rule of a composite alarm", () => {
  test.each([
    'ALARM("errors")',
    'ALARM("errors") AND NOT OK("latency")',
    "ALARM(errors) OR (INSUFFICIENT_DATA(arn:aws:cloudwatch:eu-west-1:123456789012:alarm:x) AND TRUE)",
    'AT_LEAST(2, ALARM, ("a", "b", "c"))',
    'AT_LEAST(50%, NOT OK, ("a", "b"))',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
    'ALARM("${aws_cloudwatch_metric_alarm.a.arn}") AND ALARM("${aws_cloudwatch_metric_alarm.b.arn}")',
  ])("takes %s", (rule) => {
    expect(alarmRule(rule)).toBeUndefined();
  });

  test.each([
    ["", "is empty"],
    ['ALARM("errors', "has a quote that does not end, at character 7"],
    ['FAILED("errors")', 'has "FAILED", which is no function of rules; use ALARM, OK, INSUFFICIENT_DATA or AT_LEAST'],
    ['ALARM("a") ALARM("b")', 'has "ALARM" where AND or OR should stand'],
    ['ALARM("a") AND', "ends where an alarm should stand"],
    ['(ALARM("a")', "has a bracket after an operator that does not end"],
    ['ALARM "a"', "has no bracket after ALARM"],
    ["ALARM()", "has no name where an alarm should stand"],
    ['AT_LEAST(none, ALARM, ("a"))', 'has "none" in AT_LEAST, which is no number'],
    [
      Array.from({ length: 101 }, (_, index) => `ALARM("a${index}")`).join(" OR "),
      "joins 101 alarms, but CloudWatch allows 100; join some of them in a composite alarm of their own",
    ],
    [Array(251).fill('ALARM("a")').join(" OR "), "has 752 elements, but CloudWatch allows 500"],
    [`ALARM("${"a".repeat(10_240)}")`, "has 10249 characters, but CloudWatch allows 10240; join fewer alarms"],
  ])("refuses %s", (rule, message) => {
    expect(alarmRule(rule)).toContain(message);
  });
});
