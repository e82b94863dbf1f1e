import { Token } from "cdktf";
import type { Construct } from "constructs";
import { isSecret } from "../../values/secrets";
import { ConstructError, type PolicyStatement } from "../core";
import type { ServiceFunctionConfig } from "./config";
import { environmentSize, environmentSizeLimit, nameProblem } from "./environment-variables";

/** The VPC placement of the function's network interfaces. */
export interface FunctionVpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * All environment variables of a function: from the config, from the stack, and those that settings need. Undefined if
 * there are none.
 * @throws ConstructError if a name is invalid or used twice, a value looks like a secret, or the total is too large
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
      throw new ConstructError(
        scope,
        `${variable} is set by both the config and the stack`,
        "remove it from the config",
      );
    }
    if (!Token.isUnresolved(value) && isSecret(name, value)) {
      throw new ConstructError(
        scope,
        `${variable} looks like a secret`,
        "keep it in Secrets Manager and pass its name or ARN",
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
      `its environment variables take ${size} bytes, but Lambda allows ${environmentSizeLimit} bytes`,
      "keep large values in Parameter Store or AppConfig",
    );
  }
  return Object.keys(all).length > 0 ? all : undefined;
}

const layerArn = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):\d{12}:layer:[\w-]{1,140}:\d+$/;

/** The layers; literal ARNs are checked. @throws ConstructError for too many, malformed, or other regions' layers */
export function checkLayers(
  scope: Construct,
  layers: readonly string[] | undefined,
  region: string,
): string[] | undefined {
  if (!layers || layers.length === 0) return undefined;
  if (layers.length > 5) {
    throw new ConstructError(scope, `has ${layers.length} layers, but Lambda allows 5`, "combine some of them");
  }
  for (const layer of layers.filter((arn) => !Token.isUnresolved(arn))) {
    const [, layerRegion] = layerArn.exec(layer) ?? [];
    if (!layerRegion) {
      throw new ConstructError(
        scope,
        `"${layer}" is not a layer version`,
        "use an ARN that ends in layer:<name>:<version>",
      );
    }
    if (layerRegion !== region) {
      throw new ConstructError(scope, `the layer "${layer}" is not in ${region}`, "use the layer in the same region");
    }
  }
  return [...layers];
}

/**
 * The permissions that a function in a VPC needs for its network interfaces, denied to the function's own code.
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
    {
      sid: "ManageNetworkInterfaces",
      actions,
      resources: ["*"],
      wildcards: {
        resource:
          "Lambda makes the network interfaces itself, so nobody knows their ids before; EC2's Describe actions take nothing but *. The next statement keeps the code from all of it.",
      },
    },
    {
      sid: "KeepNetworkInterfacesFromCode",
      effect: "Deny",
      actions: [...actions, "ec2:DetachNetworkInterface"],
      resources: ["*"],
      wildcards: { resource: "It denies: the function's code may touch no network interface." },
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
    },
  ];
}

/**
 * Tags by which Inspector leaves a function out, with the reason; undefined if it is scanned.
 * @see https://docs.aws.amazon.com/inspector/latest/user/scanning-lambda.html
 */
export function scanTags({ scanExclusion }: ServiceFunctionConfig): Record<string, string> | undefined {
  if (!scanExclusion) return undefined;
  const { scans, reason } = scanExclusion;
  return {
    ...(scans.includes("packages") && { InspectorExclusion: "LambdaStandardScanning" }),
    ...(scans.includes("code") && { InspectorCodeExclusion: "LambdaCodeScanning" }),
    InspectorExclusionReason: reason,
  };
}
