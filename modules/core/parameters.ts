import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Construct } from "constructs";
import { deploymentStackOf } from "./deployment-stack";
import { partitionOf } from "./regions";

/** A path of Parameter Store in one region. */
export interface ParameterPath {
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** `/prod/orders`, without a slash at its end. */
  readonly path: string;
}

/** Whether Parameter Store takes a path. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const isParameterPath = (path: string): boolean =>
  /^(\/[A-Za-z0-9_.-]+)+$/.test(path) && !/^\/(aws|ssm)/i.test(path);

/** The ARN of a path, or of the parameter that it names. */
export const parameterArn = ({ region, account, path }: ParameterPath): string =>
  `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${path}`;

/** What a policy has to name for all parameters below a path: reading them together needs permission on the path itself. */
export function parametersBelow(path: ParameterPath): string[] {
  const arn = parameterArn(path);
  return [arn, `${arn}/*`];
}

export interface SwitchParameterProps {
  /** The region that it is in. */
  readonly region: string;
  /** Its whole name, `/prod/orders/chaos/faults`; cannot change. */
  readonly name: string;
  /** What it switches, for whoever sets it; at most 1,024 characters. */
  readonly description: string;
  /** What it may be set to, as a regular expression. */
  readonly allowedPattern: string;
  /** What it is when it is made. */
  readonly initially: string;
}

/**
 * A parameter of the standard tier that people or functions set, and that Terraform leaves alone once it is made.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
 */
export function switchParameter(
  scope: Construct,
  id: string,
  { region, name, description, allowedPattern, initially }: SwitchParameterProps,
): SsmParameter {
  return new SsmParameter(scope, id, {
    provider: deploymentStackOf(scope).providers.in(region),
    name,
    description,
    type: "String",
    tier: "Standard",
    dataType: "text",
    allowedPattern,
    insecureValue: initially,
    lifecycle: { ignoreChanges: ["insecure_value", "value"] },
  });
}
