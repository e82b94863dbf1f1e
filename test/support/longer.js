/**
 * Tests that take half a minute or more each: Terraform, browsers, moto, Checkov, each capability by itself. `npm run test:full` runs them, so
 * that `npm test` stays below ten minutes on two cores. They stand beside the others of their room, and Jest's own command finds them there.
 */
module.exports = [
  "cli/again/places",
  "cli/again/redrive",
  "cli/again/replay",
  "cli/doctor",
  "cli/promotion",
  "cli/scan",
  "config/literals",
  "deploy/own-stacks",
  "deploy/promotion",
  "deploy/regions",
  "deploy/replacements",
  "docs/inputs/hover",
  "frozen/capabilities",
  "handlers/secret-rotation/secret-rotation",
  "modules/pipeline-roles/runtime",
  "modules/schema-migration/lint",
  "package/package",
  "report/browser",
  "scaffold/pipelines/linted",
  "simulator/front-door/real-states",
  "stacks/dependencies/dependencies",
  "stacks/wildcards",
  "state/backend",
  "vault/openbao",
].map((name) => `<rootDir>/test/${name}.test.ts`);
