import type { CfnLint } from "./cfn-lint";
import type { ConstantsFile } from "./constants-file";

/** The names of services that stand before the colon of an action. */
export function servicePrefixesFile(source: CfnLint): ConstantsFile {
  const lines = [""];
  for (const name of source.servicePrefixes()) {
    const line = `${lines[lines.length - 1]} ${name}`;
    if (line.length > 116) lines.push(` ${name}`);
    else lines[lines.length - 1] = line;
  }
  return {
    path: "values/languages/policy/service-prefixes.ts",
    text: `/**
 * Names of services that stand before the colon of an action, from cfn-lint ${source.version}; written by \`npm run values\`.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const servicePrefixes: readonly string[] = \`
${lines.map((line) => ` ${line}`).join("\n")}
\`
  .trim()
  .split(/\\s+/);
`,
  };
}
