import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { KeyRotation } from "../modules/key-rotation";
import { ServiceDashboard, type ServiceRegion } from "../modules/service-dashboard";
import { SpendGuard } from "../modules/spend-guard";
import type { DataStack } from "./data-stack";
import type { Deployment } from "./deployment";
import { EnvironmentStack } from "./environment-stack";
import type { KeysStack } from "./keys-stack";
import type { ServicesStack } from "./services-stack";

/**
 * What people look at and operate: one dashboard per service over all of its regions, the budget, and the rotation of keys, whose
 * function changes with every release, as the keys' own state must not. Nothing depends on it.
 */
export class OperationsStack extends EnvironmentStack {
  constructor(
    scope: Construct,
    deployment: Deployment,
    keys: KeysStack,
    data: DataStack,
    regional: readonly ServicesStack[],
  ) {
    super(scope, "operations", deployment, [deployment.homeRegion]);
    if (deployment.dashboards) {
      for (const [service, config] of deployment.services) {
        const { url } = new ServiceDashboard(this, service, {
          config: config.dashboard,
          environment: deployment.environment,
          service,
          regions: regional.map((stack) => serviceRegion(service, deployment, stack, data)),
        });
        new TerraformOutput(this, `${service}-dashboard`, { value: url, description: `Dashboard of ${service}` });
      }
    }
    if (deployment.keyRotation) {
      new KeyRotation(this, "key-rotation", {
        config: deployment.keyRotation,
        name: `${deployment.environment}-key-rotation`,
        environment: deployment.environment,
        region: deployment.homeRegion,
        account: deployment.account,
        keys: keys.rotated,
        key: keys.operations,
        tracing: deployment.tracing,
        deadLetters: deployment.deadLetters,
        alarms: deployment.alarms ? keys.alerts : undefined,
      });
    }
    if (deployment.spendGuard) {
      new SpendGuard(this, "spend-guard", {
        config: deployment.spendGuard,
        name: `${deployment.environment}-monthly`,
        region: deployment.homeRegion,
        environmentTag: { key: "Environment", value: deployment.environment },
        topicArn: keys.alerts.topicArn(deployment.homeRegion),
      });
    }
  }
}

/** What the dashboard shows of a service in the region of a stack. */
function serviceRegion(name: string, deployment: Deployment, stack: ServicesStack, data: DataStack): ServiceRegion {
  const service = stack.service(name);
  const config = deployment.services.get(name);
  const tables = Object.keys(config?.tables ?? {}).flatMap((table) => data.tables.get(table) ?? []);
  return {
    region: stack.region,
    functionName: service.function.functionName,
    aliasName: service.function.aliasName,
    logGroupName: service.function.logGroupName,
    reservedConcurrency: config?.function.reservedConcurrency,
    provisionedConcurrency: deployment.provisionedConcurrency && config?.function.provisionedConcurrency !== undefined,
    apiId: service.api?.apiId,
    stage: service.api?.stageName,
    accessLogGroupName: service.api?.accessLogGroupName,
    tableNames: tables.map(({ tableName }) => tableName),
    deadLetterQueueArn: service.function.deadLetterQueueArn,
  };
}
