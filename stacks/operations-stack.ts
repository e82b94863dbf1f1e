import type { Construct } from "constructs";
import { CapableStack } from "./capable-stack";
import type { DataStack } from "./data-stack";
import type { DatabaseStack } from "./database-stack";
import type { KeysStack } from "./keys-stack";
import type { ServicesStack } from "./services-stack";

/**
 * What people look at and operate: what capabilities add for the environment as a whole, such as dashboards or a budget.
 * Unlike the state of the keys, it changes with every release; nothing depends on it.
 */
export class OperationsStack extends CapableStack {
  constructor(
    scope: Construct,
    keys: KeysStack,
    { tables }: DataStack,
    database: DatabaseStack | undefined,
    regional: readonly ServicesStack[],
  ) {
    const { capabilities, config, homeRegion } = keys.deployment;
    const others = capabilities.flatMap((capability) => capability.regions?.(config) ?? []);
    super(scope, "operations", keys, [...new Set([homeRegion, ...others])]);
    this.offer("environment", this, {
      config: keys.deployment.config,
      service: (name) => regional.map((stack) => stack.service(name)),
      container: (name) => regional.map((stack) => stack.container(name)),
      tables,
      databases: database?.databases ?? new Map(),
      rotatedKeys: keys.rotated,
    });
    this.offerFunctionsAndRules();
  }
}
