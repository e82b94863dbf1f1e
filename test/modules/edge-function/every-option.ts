import path from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { EdgeFunction, type EdgeFunctionProps } from "../../../modules/edge-function";
import { account, alarms, key } from "../service-function/fixtures/references";

export const projectRoot = path.resolve(__dirname, "..", "..", "..");
export const entry = "test/modules/edge-function/fixtures/viewer-request.ts";

/** The least that an edge function needs. */
export const minimalProps: EdgeFunctionProps = {
  config: { entry, eventTypes: ["viewer-request"], constants: { GREETING: { word: "hello" } } },
  name: "test-minimal",
  account,
  logRegions: ["us-east-1"],
  projectRoot,
};

/** An edge function with every option in use. */
export const fullProps: EdgeFunctionProps = {
  config: {
    entry,
    handler: "handler",
    eventTypes: ["origin-request", "origin-response"],
    runtime: "nodejs20.x",
    memoryMb: 512,
    timeoutSeconds: 20,
    constants: { GREETING: { word: "hei" } },
    logLevel: "DEBUG",
    systemLogLevel: "WARN",
    logRetentionDays: 90,
    skipDestroy: false,
    alarms: { errorPercent: 2 },
  },
  name: "test-full",
  account,
  logRegions: ["us-east-1", "eu-west-1", "eu-central-1"],
  key,
  keyRegions: ["eu-west-1", "eu-central-1"],
  projectRoot,
  alarms,
  alarmRegions: ["us-east-1", "eu-west-1"],
  rolePath: "/edge/",
  permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary`,
};

/** An edge function with every option in use and a minimal one, for the deployment tests. */
export function everyOption(stack: DeploymentStack): void {
  const full = new EdgeFunction(stack, "full", fullProps);
  full.addToRolePolicy({
    sid: "ReadRedirects",
    actions: ["dynamodb:GetItem"],
    resources: [`arn:aws:dynamodb:us-east-1:${account}:table/test-redirects`],
  });
  new EdgeFunction(stack, "minimal", minimalProps);
}
