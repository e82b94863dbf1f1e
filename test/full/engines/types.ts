import type { Engine } from "../../../scaffold";

/** What the compiler takes and refuses of the toolkit in a project on an engine. */
export function typesOf(engine: Engine): string {
  const cdk = Object.keys(engine.dependencies).find((each) => /^cdkt[fn]$/.test(each));
  const { toolkit } = engine;
  return `import { TerraformStack } from "${cdk}";
import { DeploymentStack, defineProject } from "${toolkit}";
import { RegionalService } from "${toolkit}/blueprints/regional-service";
import { EncryptionKey } from "${toolkit}/modules/encryption-key";
import { startCloud } from "${toolkit}/testing";

export const kept = [RegionalService, EncryptionKey, startCloud];
export const stack = (mine: DeploymentStack): TerraformStack => mine;
// @ts-expect-error: a stack is no number
export const number = (mine: DeploymentStack): number => mine;
// @ts-expect-error: environments are no text
export const wrong = defineProject({ environments: "none" });
${newArguments(engine)}`;
}

const bindingOf = (dependencies: Engine["dependencies"]) =>
  Object.keys(dependencies).find((each) => each.startsWith("@"));

/** The arguments that only AWS 6 has, as the bindings of an app call them: an error by the types of older ones. */
function newArguments({ name, dependencies }: Engine): string {
  const binding = bindingOf(dependencies);
  const expected = name === "cdktf" ? "// @ts-expect-error: only later" : "";
  return `import type { CloudwatchLogGroupConfig } from "${binding}/lib/cloudwatch-log-group";
import type { DbProxyConfig } from "${binding}/lib/db-proxy";
import type { DynamodbTableConfig } from "${binding}/lib/dynamodb-table";

${expected}
export const group: Partial<CloudwatchLogGroupConfig> = { deletionProtectionEnabled: true };
${expected}
export const proxy: Partial<DbProxyConfig> = { defaultAuthScheme: "IAM_AUTH" };
${expected}
export const witness: Partial<DynamodbTableConfig> = { globalTableWitness: { regionName: "eu-west-2" } };
${expected}
export const replica: Partial<DynamodbTableConfig> = { replica: [{ regionName: "eu-west-2", consistencyMode: "STRONG" }] };
`;
}
