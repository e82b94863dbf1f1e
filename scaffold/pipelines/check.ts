import { actions, nodeVersion, pinned, terraform } from "./pins";

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
      - uses: ${pinned(actions.checkout)}
        with:
          persist-credentials: false
      - uses: ${pinned(actions.setupNode)}
        with:
          node-version: ${nodeVersion}
          cache: npm
${
  simulated
    ? `      - uses: ${pinned(actions.setupTerraform)}
        with:
          terraform_version: ${terraform.version}
          terraform_wrapper: false
`
    : ""
}      - run: npm ci
      - run: npm run check
      - run: npm test
${simulated ? "      - run: npm run demo\n" : ""}`;

const terraformForGitlab = `    - apt-get update -qq && apt-get install -y -qq unzip
    - curl -fsSLo /tmp/terraform.zip "https://releases.hashicorp.com/terraform/$TERRAFORM_VERSION/terraform_\${TERRAFORM_VERSION}_linux_amd64.zip"
    - echo "$TERRAFORM_SHA256  /tmp/terraform.zip" | sha256sum -c -
    - unzip -q /tmp/terraform.zip -d /usr/local/bin terraform
`;

const gitlab = (simulated: boolean): string => `check:
  image: node:${nodeVersion}
${simulated ? `  variables:\n    TERRAFORM_VERSION: "${terraform.version}"\n    TERRAFORM_SHA256: "${terraform.sha256}"\n` : ""}  before_script:
${simulated ? terraformForGitlab : ""}    - npm ci
  script:
    - npm run check
    - npm test
${simulated ? "    - npm run demo\n" : ""}  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
`;
