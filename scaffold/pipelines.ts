export const pipelineNames = ["none", "github", "gitlab"] as const;
export type Pipeline = (typeof pipelineNames)[number];

/**
 * The files of a pipeline that checks each change; it needs no AWS account.
 * @param simulated whether the simulated cloud, which needs Terraform, runs the provider of the project
 */
export function pipelineFiles(pipeline: Pipeline, simulated: boolean): ReadonlyMap<string, string> {
  if (pipeline === "github") return new Map([[".github/workflows/check.yml", github(simulated)]]);
  if (pipeline === "gitlab") return new Map([[".gitlab-ci.yml", gitlab(simulated)]]);
  return new Map();
}

const github = (simulated: boolean): string => `name: check
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
${
  simulated
    ? `      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_version: "~1.11"
          terraform_wrapper: false
`
    : ""
}      - run: npm ci
      - run: npm run check
      - run: npm test
${simulated ? "      - run: npm run demo\n" : ""}`;

const terraformForGitlab = `    - apt-get update -qq && apt-get install -y -qq unzip
    - curl -fsSLo /tmp/terraform.zip "https://releases.hashicorp.com/terraform/$TERRAFORM_VERSION/terraform_\${TERRAFORM_VERSION}_linux_amd64.zip"
    - unzip -q /tmp/terraform.zip -d /usr/local/bin terraform
`;

const gitlab = (simulated: boolean): string => `check:
  image: node:22
${simulated ? '  variables:\n    TERRAFORM_VERSION: "1.11.4"\n' : ""}  before_script:
${simulated ? terraformForGitlab : ""}    - npm ci
  script:
    - npm run check
    - npm test
${simulated ? "    - npm run demo\n" : ""}  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
`;
