import type { ServiceRules, TypeRules } from "../subject";
import { apigatewayv2 } from "./apigatewayv2";
import { cloudwatch } from "./cloudwatch";
import { containers } from "./containers";
import { cost } from "./cost";
import { dataSources } from "./data-sources";
import { dns } from "./dns";
import { dynamodb } from "./dynamodb";
import { edge } from "./edge";
import { events } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { network } from "./network";
import { operations } from "./operations";
import { rds } from "./rds";
import { s3 } from "./s3";
import { secrets } from "./secrets";
import { closedLists } from "./words";

const services: ServiceRules[] = [
  closedLists,
  apigatewayv2,
  cloudwatch,
  containers,
  cost,
  dns,
  dynamodb,
  edge,
  events,
  iam,
  kms,
  lambda,
  messaging,
  network,
  operations,
  rds,
  s3,
  secrets,
];

const byType = new Map<string, TypeRules>(services.flatMap((rules) => Object.entries(rules)));

/** The resource types that have rules of their own. */
export const typesWithRules: string[] = [...byType.keys()];

/** The rules of one resource type; empty for a type whose attribute names say enough. */
export function rulesFor(typeName: string): TypeRules {
  return byType.get(typeName) ?? {};
}

/** The rules of one data source or ephemeral resource. */
export function dataSourceRules(typeName: string): TypeRules {
  return dataSources[typeName] ?? {};
}
