import path from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { type FailureDestination, ServiceFunction, type ServiceFunctionProps } from "../../../modules/service-function";
import { account, alarms, key } from "./fixtures/references";

export const projectRoot = path.resolve(__dirname, "..", "..", "..");
export const entry = "test/modules/service-function/fixtures/greet.ts";

/** The least that a function needs. */
export function minimalProps(region: string): ServiceFunctionProps {
  return {
    config: { entry, reservedConcurrency: null },
    name: "test-minimal",
    region,
    account,
    key,
    projectRoot,
    tracing: false,
    deadLetters: false,
    provisionedConcurrency: false,
  };
}

/** A function with every option in use. */
export function fullProps(region: string): ServiceFunctionProps {
  return {
    ...minimalProps(region),
    config: {
      entry,
      handler: "handler",
      runtime: "nodejs22.x",
      memoryMb: 1024,
      timeoutSeconds: 20,
      ephemeralStorageMb: 1024,
      reservedConcurrency: 50,
      environment: { DEFAULT_NAME: "world" },
      logLevel: "DEBUG",
      systemLogLevel: "WARN",
      logRetentionDays: 90,
      updateRuntimeOn: "FunctionUpdate",
      sourceMap: true,
      external: ["@aws-sdk/client-s3"],
      scanExclusion: { scans: ["packages", "code"], reason: "a drill that is vulnerable on purpose" },
      asyncInvoke: { maximumRetryAttempts: 1, maximumEventAgeSeconds: 3600 },
      provisionedConcurrency: {
        min: 1,
        max: 20,
        targetUtilization: 0.6,
        schedules: [
          { name: "morning", schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Dublin", min: 10, max: 20 },
          { name: "evening", schedule: "cron(0 20 ? * MON-FRI *)", timezone: "Europe/Dublin", min: 1, max: 20 },
        ],
      },
      recursion: { allowed: true, reason: "Walks a tree by calling itself, at most ten levels deep" },
      alarms: {
        errorPercent: 2,
        durationPercentOfTimeout: 80,
        concurrencyPercentOfReserved: 70,
        deadLetterAgeSeconds: 600,
      },
    },
    name: "test-full",
    environmentVariables: { TABLE_NAME: "test-orders" },
    tracing: true,
    deadLetters: true,
    provisionedConcurrency: true,
    alarms,
    vpc: { subnetIds: ["subnet-0a1b2c3d", "subnet-0e4f5a6b"], securityGroupIds: ["sg-0a1b2c3d"] },
    layerArns: [`arn:aws:lambda:${region}:${account}:layer:test-layer:3`],
    codeSigningConfigArn: `arn:aws:lambda:${region}:${account}:code-signing-config:csc-0123456789abcdef0`,
    rolePath: "/services/",
    permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary`,
  };
}

/** A destination of each kind. */
export const failureDestinations = (region: string): readonly FailureDestination[] => [
  {
    kind: "bucket",
    arn: "arn:aws:s3:::test-failures",
    keyArn: `arn:aws:kms:${region}:${account}:key/mrk-0123456789abcdef0123456789abcdef`,
    title: "the bucket test-failures",
  },
  { kind: "bus", arn: `arn:aws:events:${region}:${account}:event-bus/failures`, title: "the event bus failures" },
  { kind: "function", arn: `arn:aws:lambda:${region}:${account}:function:mender:live`, title: "the function mender" },
  { kind: "queue", arn: `arn:aws:sqs:${region}:${account}:failures`, title: "the queue failures" },
  { kind: "topic", arn: `arn:aws:sns:${region}:${account}:failures`, title: "the topic failures" },
];

/** A function with every option in use, one for each kind of failure destination and a minimal one, for the deployment tests. */
export function everyOption(stack: DeploymentStack): void {
  const region = "eu-west-1";
  const full = new ServiceFunction(stack, "full", fullProps(region));
  full.allowInvoke("events", "events.amazonaws.com", `arn:aws:events:${region}:${account}:rule/test-rule`);
  full.addToRolePolicy({
    sid: "ReadOrders",
    actions: ["dynamodb:GetItem"],
    resources: [`arn:aws:dynamodb:${region}:${account}:table/test-orders`],
  });
  new ServiceFunction(stack, "minimal", minimalProps(region));
  new ServiceFunction(stack, "open-telemetry", {
    ...minimalProps(region),
    name: "test-open-telemetry",
    openTelemetry: true,
    environmentVariables: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://otlp.example.com/v1/traces" },
  });
  for (const destination of failureDestinations(region)) {
    const name = `test-to-${destination.kind}`;
    new ServiceFunction(stack, `to-${destination.kind}`, { ...minimalProps(region), name, alarms }).sendFailuresTo(
      destination,
    );
  }
}
