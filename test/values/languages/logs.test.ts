import { standardQueries } from "../../../modules/saved-queries";
import { logFilterPattern, logsQuery } from "../../../values/languages";
import { told } from "./random";

// From https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-examples.html and the pages of commands.
const queries = [
  "fields @timestamp, @message | sort @timestamp desc | limit 25",
  "stats count(*) as exceptionCount by bin(5m) | sort exceptionCount desc",
  'filter @type = "REPORT" | stats max(@memorySize / 1000 / 1000) as provisonedMemoryMB, avg(@maxMemoryUsed / 1000 / 1000) as avg',
  "filter @type = 'REPORT' | stats percentile(@duration, 90)",
  'fields @message\n| parse @message "user=*, method:*, latency := *" as @user, @method, @latency\n| stats avg(@latency) by @method, @user',
  "parse @message /user=(?<user2>.*?), method:(?<method2>.*?), latency := (?<latency2>.*?)/",
  "fields f1 | filter f1 like /(?i)Exception/ and @message not like /a|b\\/c/ | limit 20",
  "fields f1 | filter f1 =~ /x(y/",
  "filter @message like 'it has | and ( in it' or level in ['ERROR', \"WARN\"]",
  "fields @timestamp, @message # what is looked for: (\n| filter ispresent(error.name)",
  "fields strlen(@message) as length, concat(`a b`, 'it\\'s') as c | display length, c",
  "filterIndex requestId in ['a', 'b'] | limit 5",
  "fields @timestamp, @message, level | filter ispresent(level) | dedup server, level",
  "pattern @message | diff previousWeek | anomaly",
  "fields jsonParse(@message) as json | unnest json.items into item",
  "fields unmask(@message) | unmask @message",
  "SOURCE logGroups(namePrefix: ['a'], class: 'STANDARD') | fields @message",
  "stats sum(bytes) as total by srcAddr, dstAddr | sort total desc | limit 10000",
  "fields (a + b) / c as ratio, a/b | filter ratio / 2 > 1 and a / b < 2",
  "FIELDS @message | Filter level = 'x'",
  ...Object.values(standardQueries),
];

const wrongQueries: readonly (readonly [query: string, message: string])[] = [
  ["", "is empty; write a query"],
  ["  # only a comment", "is empty; write a query"],
  ["feilds @timestamp", "has the unknown command feilds; did you mean fields?"],
  ["select * from logs", "has the unknown command select; "],
  ["fields @timestamp | ", "has a | without a command on both sides"],
  ["| fields @timestamp", "has a | without a command on both sides"],
  ["fields @timestamp || limit 5", "has a | without a command on both sides"],
  ["fields @timestamp | @message like /x/", "has @message like // where a command is expected"],
  ["fields", "has fields with nothing after it; add fields"],
  ["fields @timestamp | filter", "has filter with nothing after it; add a condition"],
  ["fields @timestamp, | limit 5", "has a comma at the start or end of its fields"],
  ["fields a,, b", "has two commas in a row in its fields"],
  ["limit ten", "its limit is ten; use a whole number"],
  ["limit", "its limit is missing"],
  ["limit 0", "its limit is 0; use 1 to 10000"],
  ["limit 10001", "its limit is 10001; use 1 to 10000"],
  ["limit 5 6", "its limit is 5 6; use a whole number"],
  ["stats level by route", "has stats without an aggregate function"],
  ['filter level = "ERROR', "has a double quotation mark that is not closed"],
  ["filter level = 'ERROR", "has a quotation mark that is not closed"],
  ["fields `a b", "has a backtick that is not closed"],
  ["filter @message like /error", "has a regular expression that is not closed"],
  ["stats count(* as n", "has a bracket that is not closed; add )"],
  ["filter a in ['x'", "has a bracket that is not closed; add ]"],
  ["stats count(*)) as n", "has an unmatched )"],
  ["filter a in ['x')", "has an unmatched )"],
  ["parse @message as x", "has parse without a pattern"],
  ["parse @message 'a=*'", "has parse without as"],
  ["x".repeat(10_001), "has 10001 characters; use at most 10000"],
];

describe("A query of Logs Insights", () => {
  test.each(queries)("may be %s", (text) => expect(logsQuery(text)).toBeUndefined());

  test.each(wrongQueries)("is not %.60s", (text, message) => {
    expect(logsQuery(text)).toMatch(told);
    expect(logsQuery(text)).toContain(message);
  });

  test.each(["/", "(", '"', "\\", "|", "fields |", "#", ", "])("of 10,000 characters of %s ends at once", (part) => {
    expect(logsQuery(part.repeat(10_000 / part.length))).toMatch(told);
  });
});

// From https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html and the pages below it.
const filters = [
  "",
  "ERROR",
  "ERROR ARGUMENTS",
  "?ERROR ?WARN",
  "ERROR -EXITING",
  '"INTERNAL SERVER ERROR"',
  "%AUTHORIZED%",
  "%[Ee]rror|[Ff]ail%",
  '-"not this" ?%that%',
  '{ $.eventType = "UpdateTrail" }',
  "{ $.sourceIPAddress != 123.123.* }",
  '{ $.arrayKey[0] = "value" }',
  "{ $.objectList[1].id = 2 }",
  "{ $.SomeObject IS NULL }",
  "{ $.SomeOtherObject NOT EXISTS }",
  "{ $.ThisFlag IS TRUE }",
  "{ $.bandwidth > 75 }",
  "{ $.latency < 50 && $.bandwidth >= 1.5 }",
  '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") || ($.actions[2] != %start.*%) }',
  "{ $.eventType = * }",
  '{ $.user-identity.type = "Root" && $.eventType != "AwsServiceEvent" }',
  '{($.errorCode="*UnauthorizedOperation")||($.errorCode="AccessDenied*")}',
  "[ip, user, username, timestamp, request, status_code, bytes]",
  "[..., request =*.html*, status_code = 4*]",
  "[ip, user, username, timestamp, request, status_code = 4*, bytes > 1000]",
  '[ip, id, user, timestamp, request, status_code != "3, 4", size]',
  "[w1=ERROR, w2]",
  "[ip, ..., bytes > 100 && bytes < 200]",
];

const wrongFilters: readonly (readonly [pattern: string, message: string])[] = [
  ["x".repeat(1025), "has 1025 characters; use at most 1024"],
  ["user@example.com", 'has the word user@example.com without quotation marks; write it as "user@example.com"'],
  ['"INTERNAL', 'has a " that is not closed'],
  ["%abc", "has a % that is not closed; add % at the end of the regular expression"],
  ["ERROR -", "has a ? or - with no word after it"],
  ["{ $.a = 1", "has a { that is not closed; add }"],
  ["[a, b", "has a [ that is not closed; add ]"],
  ["{}", "is empty; write a condition"],
  ["{ level = 1 }", "has level where a field is expected; begin fields with $."],
  ["{ $ = 1 }", "has the invalid field $; write it like $.name"],
  ["{ $.a[x] = 1 }", "has the invalid field $.a[x]"],
  ["{ $.a == 1 }", "has == after $.a; use =, !=, <, >"],
  ["{ $.a ~ 1 }", "has ~ after $.a; use =, !=, <, >"],
  ["{ $.a = }", "has no value after =; add one"],
  ["{ $.a > big }", "compares $.a by > with big; use a number"],
  ["{ $.a IS EMPTY }", "has IS with EMPTY after it; write IS NULL or IS TRUE or IS FALSE"],
  ["{ $.a NOT NULL }", "has NOT with NULL after it; write NOT EXISTS"],
  ["{ $.a = 1 & $.b = 2 }", "has "],
  ["{ $.a = 1 $.b = 2 }", "has $.b after a condition; join conditions by && or ||"],
  ["{ $.a = 1 && }", "has && with no condition after it"],
  ["{ ($.a = 1 }", "has an unmatched ("],
  ["{ $.a = 1) }", "has an unmatched )"],
  ['{ $.a = "x }', 'has a " that is not closed'],
  ["[a,,b]", "has the invalid column nothing; begin each column with a name"],
  ["[..., a, ...]", "has ... twice"],
  ["[a 4*]", "has 4* after the column a; write a comparison"],
  ["[a =]", "has an incomplete condition on the column a"],
];

describe("A filter pattern of CloudWatch Logs", () => {
  test.each(filters)("may be %s", (text) => expect(logFilterPattern(text)).toBeUndefined());

  test.each(wrongFilters)("is not %.60s", (text, message) => {
    expect(logFilterPattern(text)).toMatch(told);
    expect(logFilterPattern(text)).toContain(message);
  });
});
