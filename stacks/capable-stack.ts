import type { Construct } from "constructs";
import type { BuildContext, Builds } from "../contract";
import type { AlarmTarget } from "../modules/core";
import { EventRule } from "../modules/event-bus";
import { ServiceFunction } from "../modules/service-function";
import { EnvironmentStack } from "./environment-stack";
import type { KeysStack } from "./keys-stack";

/** What a capability is told at a point, beside what it is told everywhere. */
type Told<P extends keyof Builds> = Omit<Parameters<NonNullable<Builds[P]>>[1], keyof BuildContext>;

/** What a capability builds at a point. */
type Build<P extends keyof Builds> = (
  construct: Parameters<NonNullable<Builds[P]>>[0],
  at: BuildContext & Told<P>,
) => void;

/**
 * A stack that capabilities add to. It knows the environment's keys and alarm target once, and offers what it has built to the
 * capabilities of the deployment, in their order, without knowing any of them.
 */
export class CapableStack extends EnvironmentStack {
  /** Where alarms report to; undefined where the environment has none. */
  readonly alarmTarget?: AlarmTarget;

  constructor(
    scope: Construct,
    name: string,
    readonly keys: KeysStack,
    regions: readonly string[],
  ) {
    super(scope, name, keys.deployment, regions);
    this.alarmTarget = this.deployment.alarms ? keys.alerts : undefined;
  }

  /** Has each capability add to a construct what it adds to its kind. */
  protected offer<P extends keyof Builds>(
    point: P,
    construct: Parameters<NonNullable<Builds[P]>>[0],
    told: Told<P>,
  ): void {
    const { deployment, alarmTarget, keys } = this;
    const { data: dataKey, operations: operationsKey, alerts: alertTopics } = keys;
    const context: BuildContext = { deployment, dataKey, operationsKey, alarmTarget, alertTopics };
    for (const { builds } of deployment.capabilities) {
      // With the capability as `this`, as it would be called by name.
      (builds?.[point] as Build<P> | undefined)?.call(builds, construct, { ...context, ...told });
    }
  }

  /** Offers every function and rule of the stack, also those that capabilities have added: to be called last. */
  protected offerFunctionsAndRules(): void {
    const constructs = this.node.findAll();
    for (const fn of constructs) if (fn instanceof ServiceFunction) this.offer("function", fn, {});
    for (const rule of constructs) if (rule instanceof EventRule) this.offer("rule", rule, {});
  }
}
