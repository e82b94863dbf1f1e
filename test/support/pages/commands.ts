/** Pages whose commands are run as they stand, in a project from the packed package; see test/full/docs/pages.test.ts. */
export const pagesThatAreRun: readonly string[] = [
  "docs/first-hour.md",
  "docs/how-to/own-service.md",
  "docs/how-to/own-module.md",
  "docs/how-to/existing-network.md",
  "docs/how-to/new-region.md",
  "docs/how-to/leave-region.md",
  "docs/how-to/failover.md",
];

/** Pages about this repository and its environments: their commands are run in a copy of it. */
export const pagesOfRepository: readonly string[] = ["README.md", "environments/README.md", "docs/performance.md"];

/** Pages whose commands are examples of verbs: a test has the program parse each, and other tests run each verb. */
export const pagesThatAreParsed: readonly { readonly page: string; readonly file: string; readonly by: string }[] = [
  {
    page: "docs/reference/verbs.md",
    file: "test/cli/program.test.ts",
    by: "has examples of the verb, each of which the program can parse",
  },
];

/** Commands that no test can run, by what it would need. */
export const cannotRun: readonly { readonly why: string; readonly commands: readonly RegExp[] }[] = [
  {
    why: "calls AWS, or reads states that are in AWS",
    commands: [
      /^aws /,
      /^jq -r '\.Messages/,
      /^npx evenkeel deploy \S+( --first-deployment)?$/,
      /^stack=\.evenkeel\/deploy\//,
      /^terraform -chdir=\S+ (output|plan|show|state) /,
      /^for stack in (cdktf\.out\/|\$\(npx evenkeel describe )/,
      /^npx evenkeel gate (cdktf\.out\/|\$stack\/)/,
    ],
  },
  {
    why: "needs the package in npm's registry; tests install the packed package",
    commands: [/^npm create evenkeel /, /^npm install --save-exact evenkeel/],
  },
  { why: "fetches newer API models from PyPI", commands: [/^pip install .* botocore /] },
  { why: "compares with another commit, and installs its packages", commands: [/^npm run compare -- main$/] },
  { why: "writes files of the repository that tests compare with the sources", commands: [/^npm run (freeze|docs)$/] },
  { why: "calls a verb that only the example of its page has", commands: [/^npx evenkeel regions pro?d( \| cat)?$/] },
  { why: "needs Docker, which is not on the machines of tests", commands: [/^docker build /] },
  { why: "opens a browser for a person", commands: [/^npx evenkeel report \S+ --open$/] },
  { why: "measures the machine", commands: [/^npm run bench( -- --.+)?$/] },
];

/** Commands that something else runs: the file, and the words by which it does. */
export const runElsewhere: readonly { readonly command: RegExp; readonly file: string; readonly by: string }[] = [
  { command: /^npm ci( && npm test)?$/, file: ".ci/run", by: "npm ci\nnpm test\n" },
  { command: /^npm run site$/, file: "test/support/site/built-site.ts", by: '"build", "site"' },
  { command: /^npm ci && npm run demo$/, file: "test/full/demo.test.ts", by: 'run("demo")' },
  { command: /^npm test$/, file: ".ci/run", by: "npm test\n" },
  { command: /^npm run lint$/, file: "package.json", by: '"test": "npm run --silent lint' },
  { command: /^npm run test:full$/, file: ".ci/run", by: "npm run test:full\n" },
  { command: /^npm run test:soak$/, file: ".ci/run", by: "npm run test:soak -- --sample" },
  { command: /^cd my-platform && npm run demo$/, file: "test/full/new-project.test.ts", by: '"npm", ["run", "demo"]' },
  { command: /^cd my-platform$/, file: "test/full/docs/pages.test.ts", by: "pagesThatAreRun" },
  { command: /^npm run (demo|check)$/, file: "test/full/docs/pages.test.ts", by: "pagesThatAreRun" },
  { command: /^pipx install checkov==3\.3\.30$/, file: ".ci/run", by: "checkov==3.3.30\n" },
  { command: /^npx evenkeel warm advise prod$/, file: "test/cli/verbs.test.ts", by: '["warm advise", ' },
  { command: /^npx evenkeel warm backtest /, file: "test/cli/warm.test.ts", by: 'describe("evenkeel warm backtest"' },
  { command: /^npx evenkeel cost /, file: "test/cli/verbs.test.ts", by: '["cost", ' },
  { command: /^npx evenkeel audit /, file: "test/cli/supply-chain/audit.test.ts", by: 'describe("evenkeel audit"' },
  { command: /^npx evenkeel sbom /, file: "test/cli/supply-chain/sbom.test.ts", by: 'describe("evenkeel sbom"' },
  {
    command: /^npx evenkeel simulate -- npx evenkeel deploy live --auto-approve$/,
    file: "test/full/account.test.ts",
    by: 'describe("The stack of an account"',
  },
  {
    command: /^npx evenkeel migrations /,
    file: "test/cli/migrations.test.ts",
    by: 'describe("evenkeel migrations"',
  },
  { command: /^npx evenkeel state /, file: "test/cli/state.test.ts", by: 'describe("evenkeel state"' },
  { command: /^npx evenkeel scan /, file: "test/cli/scan.test.ts", by: 'describe("evenkeel scan"' },
  {
    command: /^npx evenkeel chaos prod( --offline)?$/,
    file: "test/cli/chaos.test.ts",
    by: 'describe("evenkeel chaos"',
  },
  {
    command: /^npx evenkeel drift prod( --report github)?$/,
    file: "test/cli/drift.test.ts",
    by: 'describe("evenkeel drift"',
  },
  { command: /^npx evenkeel (deploy|destroy) pr-\d+$/, file: "test/full/previews.test.ts", by: '"deploy", "pr-7"' },
  { command: /^npx evenkeel previews (list|sweep)$/, file: "test/full/previews.test.ts", by: '"previews", "sweep"' },
  { command: /^npx evenkeel plan prod /, file: "test/cli/plan.test.ts", by: 'describe("evenkeel plan"' },
  { command: /^npx evenkeel apply /, file: "test/full/rollout.test.ts", by: 'inCloud("apply", bundle, "--way-back"' },
  {
    command: /^npx evenkeel unlock prod --lock /,
    file: "test/cli/rollout-lock.test.ts",
    by: '"unlock", "prod", "--lock"',
  },
  { command: /^npx evenkeel move /, file: "test/full/moves.test.ts", by: 'describe("evenkeel move"' },
  { command: /^npx evenkeel bundle show /, file: "test/cli/plan.test.ts", by: '["bundle", "show", ' },
  {
    command: /^npx evenkeel init pipeline github( --check)?$/,
    file: "test/cli/init-pipeline.test.ts",
    by: 'describe("evenkeel init pipeline"',
  },
  { command: /^npx evenkeel locks prod$/, file: "test/cli/plan.test.ts", by: 'describe("evenkeel locks"' },
  { command: /^npx evenkeel quotas /, file: "test/cli/quotas.test.ts", by: 'describe("evenkeel quotas"' },
  { command: /^npx evenkeel kpi /, file: "test/cli/kpi.test.ts", by: 'describe("evenkeel kpi"' },
  { command: /^npx evenkeel loadtest /, file: "test/cli/loadtest.test.ts", by: 'describe("evenkeel loadtest"' },
  {
    command: /^npx evenkeel redrive /,
    file: "test/cli/again/redrive.test.ts",
    by: 'describeWithMoto("evenkeel redrive"',
  },
  { command: /^npx evenkeel replay /, file: "test/cli/again/replay.test.ts", by: 'describeWithMoto("evenkeel replay"' },
  {
    command: /^npm install --save-dev @aws-sdk\/client-sqs@3 @aws-sdk\/client-lambda@3$/,
    file: "package.json",
    by: '"@aws-sdk/client-sqs"',
  },
  {
    command: /^npm install --save-dev @aws-crypto\/client-node@5$/,
    file: "package.json",
    by: '"@aws-crypto/client-node"',
  },
  {
    command: /^npm install --save-dev --save-exact typescript cdktf-cli@0\.21\.0$/,
    file: "package.json",
    by: '"cdktf-cli": "0.21.0"',
  },
];

/** Whether a command of a page is left to something else, or to nobody. */
export const isRunElsewhere = (command: string): boolean => runElsewhere.some((each) => each.command.test(command));
export const isNotRun = (command: string): boolean =>
  cannotRun.some(({ commands }) => commands.some((each) => each.test(command)));
