/**
 * A finding of Inspector about a package of a function, with the fields that AWS documents.
 * @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const inspectorFinding = (detail: object = {}) => ({
  version: "0",
  id: "5a1fb2a5-0000-4000-8000-000000000001",
  "detail-type": "Inspector2 Finding",
  source: "aws.inspector2",
  account: "111122223333",
  time: "2023-01-19T22:20:25Z",
  region: "us-east-1",
  resources: ["arn:aws:lambda:us-east-1:111122223333:function:orders:$LATEST"],
  detail: {
    awsAccountId: "111122223333",
    description: "A library follows redirects to other hosts with the headers of the first request.",
    findingArn: "arn:aws:inspector2:us-east-1:111122223333:finding/0123456789abcdef0123456789abcdef",
    firstObservedAt: "Thu Jan 19 22:20:25.000000 UTC 2023",
    fixAvailable: "YES",
    inspectorScore: 7.5,
    packageVulnerabilityDetails: {
      source: "NVD",
      vulnerabilityId: "CVE-2022-0000",
      vulnerablePackages: [{ name: "got", packageManager: "NPM", version: "11.8.2", fixedInVersion: "11.8.5" }],
    },
    remediation: { recommendation: { text: "None Provided" } },
    resources: [
      {
        details: {
          awsLambdaFunction: {
            architectures: ["ARM64"],
            functionName: "orders",
            packageType: "ZIP",
            runtime: "NODEJS_22_X",
            version: "$LATEST",
          },
        },
        id: "arn:aws:lambda:us-east-1:111122223333:function:orders:$LATEST",
        partition: "aws",
        region: "us-east-1",
        tags: { Environment: "prod" },
        type: "AWS_LAMBDA_FUNCTION",
      },
    ],
    severity: "HIGH",
    status: "ACTIVE",
    title: "CVE-2022-0000 - got",
    type: "PACKAGE_VULNERABILITY",
    updatedAt: "Thu Jan 19 22:20:25.000000 UTC 2023",
    ...detail,
  },
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
