/**
 * Tests that take half a minute or more each: Terraform, browsers, moto, Checkov, each capability by itself. `npm run test:full` runs them, so
 * that `npm test` stays below ten minutes on two cores. They stand beside the others of their room, and Jest's own command finds them there.
 */
module.exports = [
  "cli/again/places",
  "cli/again/redrive",
  "cli/again/replay",
  "cli/scan",
  "deploy/own-stacks",
  "deploy/promotion",
  "deploy/regions",
  "deploy/replacements",
  "frozen/capabilities",
  "modules/pipeline-roles/runtime",
  "modules/schema-migration/lint",
  "package/package",
  "report/browser",
  "scaffold/pipelines/linted",
  "simulator/front-door/real-states",
  "stacks/dependencies/dependencies",
  "state/backend",
  "vault/openbao",
].map((name) => `<rootDir>/test/${name}.test.ts`);
