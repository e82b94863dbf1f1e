import type { TypeCalls } from "../refusal";
import { acm } from "./acm";
import { apigatewayv2 } from "./apigatewayv2";
import { autoscaling } from "./autoscaling";
import { chatbot } from "./chatbot";
import { cloudfront } from "./cloudfront";
import { cloudwatch } from "./cloudwatch";
import { containers } from "./containers";
import { dynamodb } from "./dynamodb";
import { events, scheduler } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { lambdaSettings } from "./lambda-settings";
import { loadBalancers } from "./load-balancers";
import { logs } from "./logs";
import { backup, cloudformation, costs, fis, security, signer, xray } from "./operations";
import { rdsClusters } from "./rds-clusters";
import { rdsGroups } from "./rds-groups";
import { rdsProxies } from "./rds-proxies";
import { recoveryControl } from "./recovery-control";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { secretsmanager } from "./secretsmanager";
import { securityGroups } from "./security-groups";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { vpc } from "./vpc";
import { vpcEndpoints } from "./vpc-endpoints";
import { wafv2 } from "./wafv2";

const services = [
  acm,
  apigatewayv2,
  autoscaling,
  backup,
  chatbot,
  cloudformation,
  cloudfront,
  cloudwatch,
  containers,
  costs,
  dynamodb,
  events,
  fis,
  iam,
  kms,
  lambda,
  lambdaSettings,
  loadBalancers,
  logs,
  rdsClusters,
  rdsGroups,
  rdsProxies,
  recoveryControl,
  route53,
  s3,
  scheduler,
  secretsmanager,
  security,
  securityGroups,
  signer,
  sns,
  sqs,
  ssm,
  vpc,
  vpcEndpoints,
  wafv2,
  xray,
];

const byType = new Map<string, TypeCalls>(services.flatMap((calls) => Object.entries(calls)));

/** How the provider calls AWS for one resource type; undefined for a type that has no rules. */
export function callsOf(type: string): TypeCalls | undefined {
  return byType.get(type);
}

/** The resource types that have rules. */
export const typesWithCalls: readonly string[] = [...byType.keys()];
