import { Token } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError, type PolicyStatement } from "../core";
import type { ServiceFunctionConfig } from "./config";
import { environmentSize, environmentSizeLimit, looksSecret, nameProblem } from "./environment-variables";

/** Where in a VPC the function's network interfaces are. */
export interface FunctionVpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * All variables of a function: those of the config, those of the stack and what the settings need; undefined for none.
 * @throws ConstructError when a name is bad or used twice, a value looks like a secret, or all are too large
 */
export function functionEnvironment(
  scope: Construct,
  config: ServiceFunctionConfig,
  added: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  for (const [name, value] of Object.entries(added)) {
    const variable = `the environment variable "${name}"`;
    const problem = nameProblem(name);
    if (problem) {
      const [what = "", remedy = ""] = problem.split("; ");
      throw new ConstructError(scope, `${variable} ${what}`, remedy);
    }
    if (name in config.environment) {
      throw new ConstructError(scope, `${variable} is set by the config and by the stack`, "remove it from the config");
    }
    if (!Token.isUnresolved(value) && looksSecret(name, value)) {
      throw new ConstructError(
        scope,
        `${variable} looks like a secret`,
        "keep it in Secrets Manager or Parameter Store and pass its name or ARN",
      );
    }
  }
  const all = {
    ...config.environment,
    ...(config.sourceMap && !("NODE_OPTIONS" in config.environment) ? { NODE_OPTIONS: "--enable-source-maps" } : {}),
    ...added,
  };
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => !Token.isUnresolved(value)));
  const size = environmentSize(known);
  if (size > environmentSizeLimit) {
    throw new ConstructError(
      scope,
      `its environment variables take ${size} bytes, Lambda allows ${environmentSizeLimit}`,
      "keep large values in Parameter Store or AppConfig",
    );
  }
  return Object.keys(all).length > 0 ? all : undefined;
}

const layerArn = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):\d{12}:layer:[\w-]{1,140}:\d+$/;

/** The layers, checked where they are literal. @throws ConstructError for a sixth, a malformed or a foreign one */
export function checkLayers(
  scope: Construct,
  layers: readonly string[] | undefined,
  region: string,
): string[] | undefined {
  if (!layers || layers.length === 0) return undefined;
  if (layers.length > 5) {
    throw new ConstructError(scope, `has ${layers.length} layers, Lambda takes 5`, "join some of them");
  }
  for (const layer of layers.filter((arn) => !Token.isUnresolved(arn))) {
    const [, layerRegion] = layerArn.exec(layer) ?? [];
    if (!layerRegion) {
      throw new ConstructError(
        scope,
        `"${layer}" is no layer version`,
        "use an ARN that ends in layer:<name>:<version>",
      );
    }
    if (layerRegion !== region) {
      throw new ConstructError(scope, `the layer "${layer}" is not in ${region}`, "use the layer of the same region");
    }
  }
  return [...layers];
}

/**
 * What a function in a VPC needs for its network interfaces, closed to the function's own code.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function vpcStatements(functionArn: string): PolicyStatement[] {
  const actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ];
  return [
    { sid: "ManageNetworkInterfaces", actions, resources: ["*"] },
    {
      sid: "KeepNetworkInterfacesFromCode",
      effect: "Deny",
      actions: [...actions, "ec2:DetachNetworkInterface"],
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    },
  ];
}
