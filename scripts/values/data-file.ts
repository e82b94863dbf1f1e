import type { ProviderSchema } from "../../simulator/protocol/schema";
import type { DataFile, LimitsByPath } from "../../values/constraint";
import type { Family } from "../../values/types/type-values";
import type { Botocore } from "./botocore";
import type { CfnLint } from "./cfn-lint";
import { limitsOf } from "./extract";
import { findIn } from "./find";

const licence = [
  "Limits of AWS's APIs, read by `npm run values` from the service models of botocore (Apache-2.0, https://github.com/boto/botocore)",
  "and from the CloudFormation schemas of cfn-lint (MIT-0, https://github.com/aws-cloudformation/cfn-lint).",
];

/** The data file of a family of types. @throws Error naming the type and the attribute that its table has wrong */
export function dataFileOf(family: Family, schema: ProviderSchema, botocore: Botocore, cfnLint: CfnLint): DataFile {
  const find = findIn(botocore, cfnLint);
  const types: Record<string, LimitsByPath> = {};
  for (const type of Object.keys(family).sort()) {
    const values = family[type];
    if (!values) continue;
    try {
      types[type] = limitsOf(values, schema.resource(type), find);
    } catch (error) {
      throw new Error(`${type}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
  const services = Object.fromEntries(
    [...find.services].sort().map((name): [string, string] => [name, botocore.service(name).apiVersion]),
  );
  return { licence, botocore: botocore.version, cfnLint: cfnLint.version, services, types };
}

/** A data file as text: a line for each attribute, so that a newer model is a difference that can be read. */
export function dataFileText({ types, ...head }: DataFile): string {
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const blocks = Object.entries(types).map(([type, limits]) => {
    const attributes = Object.entries(limits).map(
      ([path, of]) => `      ${JSON.stringify(path)}: ${JSON.stringify(of)}`,
    );
    return `    ${JSON.stringify(type)}: {\n${attributes.join(",\n")}\n    }`;
  });
  return `{\n${lines.join("\n")}\n  "types": {\n${blocks.join(",\n")}\n  }\n}\n`;
}
