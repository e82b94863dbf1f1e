import type { ReadRule, ServiceReads } from "../rule";
import { apigatewayv2 } from "./apigatewayv2";
import { cloudwatch } from "./cloudwatch";
import { containerReads } from "./containers";
import { dns } from "./dns";
import { dynamodb } from "./dynamodb";
import { edge } from "./edge";
import { events } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { network } from "./network";
import { rds } from "./rds";
import { s3 } from "./s3";
import { scaling } from "./scaling";
import { secrets } from "./secrets";

const services: ServiceReads[] = [
  apigatewayv2,
  cloudwatch,
  containerReads,
  dns,
  dynamodb,
  edge,
  events,
  iam,
  kms,
  lambda,
  messaging,
  network,
  rds,
  s3,
  scaling,
  secrets,
];

const byType = new Map<string, ReadRule>(services.flatMap((reads) => Object.entries(reads)));
const nothingSpecial: ReadRule = {};

/** The resource types that have a rule of their own. */
export const typesWithReads: string[] = [...byType.keys()];

/** How a type is read; a type without a rule is read as it was written, with zeros for what was not. */
export function readRuleFor(typeName: string): ReadRule {
  return byType.get(typeName) ?? nothingSpecial;
}
