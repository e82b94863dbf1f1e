/** Pages whose commands are run as they stand, in a project from the packed package; see test/full/docs/pages.test.ts. */
export const pagesThatAreRun: readonly string[] = [
  "docs/first-hour.md",
  "docs/how-to/own-service.md",
  "docs/how-to/own-module.md",
  "docs/how-to/existing-network.md",
  "docs/how-to/new-region.md",
  "docs/how-to/failover.md",
];

/** Why commands of pages cannot be run by a test: each of them needs what no test has. */
export const cannotRun: readonly { readonly why: string; readonly commands: readonly RegExp[] }[] = [
  { why: "calls AWS", commands: [/^aws /, /^jq .*> event\.json$/] },
  {
    why: "deploys to AWS",
    commands: [
      /^npx evenkeel deploy \w+( --first-deployment)?$/,
      /^terraform (state list|show|plan -destroy|-chdir=\S+ output)/,
      /^cd cdktf\.out\//,
    ],
  },
  {
    why: "plans and applies in a pipeline, against AWS",
    commands: [/^for stack in cdktf\.out\/stacks\/prod-\*/, /^npx evenkeel gate cdktf\.out/],
  },
  {
    why: "needs the package in npm's registry",
    commands: [/^npm create evenkeel /, /^npm install --save-exact evenkeel/],
  },
  { why: "installs newer API models from PyPI", commands: [/^pip install .*botocore/] },
];

/** Commands that other tests run: the file, and the words by which it does. */
export const runElsewhere: readonly { readonly command: RegExp; readonly file: string; readonly by: string }[] = [];
