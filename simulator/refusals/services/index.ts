import type { TypeCalls } from "../refusal";
import { acm } from "./acm";
import { cloudwatch } from "./cloudwatch";
import { dynamodb } from "./dynamodb";
import { kms } from "./kms";
import { rdsClusters } from "./rds-clusters";
import { rdsGroups } from "./rds-groups";
import { rdsProxies } from "./rds-proxies";
import { recoveryControl } from "./recovery-control";
import { route53 } from "./route53";
import { secretsmanager } from "./secretsmanager";
import { securityGroups } from "./security-groups";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { vpc } from "./vpc";
import { vpcEndpoints } from "./vpc-endpoints";

const services = [
  acm,
  cloudwatch,
  dynamodb,
  kms,
  rdsClusters,
  rdsGroups,
  rdsProxies,
  recoveryControl,
  route53,
  secretsmanager,
  securityGroups,
  sns,
  sqs,
  ssm,
  vpc,
  vpcEndpoints,
];

const byType = new Map<string, TypeCalls>(services.flatMap((calls) => Object.entries(calls)));

/** How the provider calls AWS for one resource type; undefined for a type that has no rules. */
export function callsOf(type: string): TypeCalls | undefined {
  return byType.get(type);
}

/** The resource types that have rules. */
export const typesWithCalls: readonly string[] = [...byType.keys()];
