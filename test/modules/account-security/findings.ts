/** The function that the findings are of, as the page shows one. */
const functionResource = {
  details: {
    awsLambdaFunction: {
      architectures: ["ARM64"],
      codeSha256: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG=",
      executionRoleArn: "arn:aws:iam::123456789012:role/orders",
      functionName: "orders",
      lastModifiedAt: "Wed Sep 04 16:50:20.000 UTC 2024",
      packageType: "ZIP",
      runtime: "NODEJS_22_X",
      version: "$LATEST",
    },
  },
  id: "arn:aws:lambda:eu-central-1:123456789012:function:orders:$LATEST",
  partition: "aws",
  region: "eu-central-1",
  type: "AWS_LAMBDA_FUNCTION",
};

/** What both findings on the page have. */
const inspectorEvent = (detail: object) => ({
  version: "0",
  id: "5a1fb2a5-0000-4000-8000-000000000001",
  "detail-type": "Inspector2 Finding",
  source: "aws.inspector2",
  account: "123456789012",
  time: "2024-09-04T16:50:37Z",
  region: "eu-central-1",
  resources: [functionResource.id],
  detail: {
    awsAccountId: "123456789012",
    findingArn: "arn:aws:inspector2:eu-central-1:123456789012:finding/0123456789abcdef0123456789abcdef",
    firstObservedAt: "Wed Sep 04 16:50:37.627 UTC 2024",
    lastObservedAt: "Wed Sep 04 16:50:37.627 UTC 2024",
    remediation: { recommendation: { text: "None Provided" } },
    resources: [functionResource],
    status: "ACTIVE",
    updatedAt: "Wed Sep 04 16:50:37.627 UTC 2024",
    ...detail,
  },
});

/**
 * The sample "Lambda package vulnerability finding" of AWS's page: the same fields with the same kinds of values.
 * @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const inspectorFinding = (detail: object = {}) =>
  inspectorEvent({
    description: "A library follows redirects to other hosts with the headers of the first request.",
    epss: { score: 0.00208 },
    exploitAvailable: "YES",
    exploitabilityDetails: { lastKnownExploitAt: "Sat Aug 31 00:04:50.000 UTC 2024" },
    fixAvailable: "YES",
    inspectorScore: 7.5,
    packageVulnerabilityDetails: {
      relatedVulnerabilities: [],
      source: "NVD",
      vendorSeverity: "HIGH",
      vulnerabilityId: "CVE-2022-0000",
      vulnerablePackages: [
        {
          epoch: 0,
          filePath: "index.mjs",
          fixedInVersion: "11.8.5",
          name: "got",
          packageManager: "NPM",
          version: "11.8.2",
        },
      ],
    },
    severity: "HIGH",
    title: "CVE-2022-0000 - got",
    type: "PACKAGE_VULNERABILITY",
    ...detail,
  });

/** The sample "Lambda code vulnerability finding" of the same page. */
export const inspectorCodeFinding = (detail: object = {}) =>
  inspectorEvent({
    codeVulnerabilityDetails: {
      cwes: ["CWE-798"],
      detectorId: "javascript/hardcoded-credentials@v1.0",
      detectorName: "Hardcoded credentials",
      detectorTags: ["secrets", "security", "cwe-798"],
      filePath: { endLine: 6, fileName: "index.mjs", filePath: "index.mjs", startLine: 6 },
      ruleId: "javascript-hardcoded-credentials",
    },
    description: "A key is written in the code.",
    severity: "CRITICAL",
    title: "CWE-798 - Hardcoded credentials",
    type: "CODE_VULNERABILITY",
    ...detail,
  });

/**
 * A finding of GuardDuty about what a function calls, with the fields that AWS documents.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-lambda.html
 */
export const guardDutyFinding = (detail: object = {}) => ({
  version: "0",
  id: "5a1fb2a5-0000-4000-8000-000000000002",
  "detail-type": "GuardDuty Finding",
  source: "aws.guardduty",
  account: "111122223333",
  time: "2023-01-19T22:20:25Z",
  region: "us-east-1",
  resources: [],
  detail: {
    schemaVersion: "2.0",
    accountId: "111122223333",
    region: "us-east-1",
    partition: "aws",
    id: "16afba5c5c43e07c9e3e5e2e544e95df",
    type: "CryptoCurrency:Lambda/BitcoinTool.B",
    resource: {
      resourceType: "Lambda",
      lambdaDetails: { functionName: "orders", functionVersion: "$LATEST", role: "orders" },
    },
    severity: 8,
    title: "The function orders asks for an address of a mining pool.",
    ...detail,
  },
});
