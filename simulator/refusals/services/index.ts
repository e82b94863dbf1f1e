import type { TypeCalls } from "../refusal";
import { apigatewayv2 } from "./apigatewayv2";
import { autoscaling } from "./autoscaling";
import { cloudfront } from "./cloudfront";
import { cloudwatch } from "./cloudwatch";
import { containers } from "./containers";
import { events, scheduler } from "./events";
import { iam } from "./iam";
import { lambda } from "./lambda";
import { lambdaSettings } from "./lambda-settings";
import { loadBalancers } from "./load-balancers";
import { logs } from "./logs";
import { messaging } from "./messaging";
import { backup, cloudformation, costs, fis, security, signer, xray } from "./operations";
import { s3 } from "./s3";
import { wafv2 } from "./wafv2";

const services = [
  lambda,
  lambdaSettings,
  events,
  scheduler,
  cloudwatch,
  logs,
  iam,
  autoscaling,
  apigatewayv2,
  cloudfront,
  wafv2,
  s3,
  xray,
  costs,
  fis,
  backup,
  cloudformation,
  signer,
  security,
  containers,
  loadBalancers,
  messaging,
];

const byType = new Map<string, TypeCalls>(services.flatMap((calls) => Object.entries(calls)));

/** How the provider calls AWS for one resource type; undefined for a type that has no rules. */
export function callsOf(type: string): TypeCalls | undefined {
  return byType.get(type);
}

/** The resource types that have rules. */
export const typesWithCalls: readonly string[] = [...byType.keys()];
