import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `node dist/scripts/service-prefixes.js <folder of cfnlint> <its version>`: writes the names of services that stand
 * before the colon of an action, from cfn-lint's copy of the service authorization reference (MIT-0).
 */
const [folder = "", version = ""] = process.argv.slice(2);
const policies: object = JSON.parse(readFileSync(join(folder, "data", "AdditionalSpecs", "Policies.json"), "utf8"));

const lines = [""];
for (const name of Object.keys(policies).sort()) {
  const line = `${lines[lines.length - 1]} ${name}`;
  if (line.length > 116) lines.push(` ${name}`);
  else lines[lines.length - 1] = line;
}

writeFileSync(
  join("values", "languages", "policy", "service-prefixes.ts"),
  `/**
 * Names of services that stand before the colon of an action, from cfn-lint ${version}; written by scripts/service-prefixes.ts.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const servicePrefixes: readonly string[] = \`
${lines.map((line) => ` ${line}`).join("\n")}
\`
  .trim()
  .split(/\\s+/);
`,
);
