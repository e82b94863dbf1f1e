import type { ServiceRegion } from "../../../modules/service-dashboard";

/** A service with everything in one region. */
export function fullRegion(region: string): ServiceRegion {
  return {
    region,
    functionName: "test-orders",
    aliasName: "live",
    logGroupName: "/aws/lambda/test-orders",
    reservedConcurrency: 50,
    isProvisioned: true,
    apiId: `api-${region}`,
    stage: "$default",
    accessLogGroupName: "/aws/vendedlogs/http-api/test-orders",
    tableNames: ["test-orders"],
    deadLetterQueueArn: `arn:aws:sqs:${region}:123456789012:test-orders-dead-letters`,
    alarmArns: [`arn:aws:cloudwatch:${region}:123456789012:alarm:test-orders-errors`],
  };
}
