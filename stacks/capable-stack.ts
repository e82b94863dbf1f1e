import type { Construct } from "constructs";
import type { BuildContext, Builds } from "../contract";
import { type AlarmTarget, ConstructError } from "../modules/core";
import { EventRule } from "../modules/event-bus";
import { ServiceFunction } from "../modules/service-function";
import { EnvironmentStack } from "./environment-stack";
import type { KeysStack } from "./keys-stack";

/** What a capability gets at one build point, besides what it gets everywhere. */
type Told<P extends keyof Builds> = Omit<Parameters<NonNullable<Builds[P]>>[1], keyof BuildContext>;

/** What a capability builds at one build point. */
type Build<P extends keyof Builds> = (
  construct: Parameters<NonNullable<Builds[P]>>[0],
  at: BuildContext & Told<P>,
) => void;

/**
 * A stack that capabilities add to. It holds the environment's keys and alarm target, and offers what it has built to the
 * capabilities of the deployment, in their order, without knowing any of them by name.
 */
export class CapableStack extends EnvironmentStack {
  /** Where alarms report to; undefined if the environment has no alarms. */
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

  /** Lets each capability add what it adds to this kind of construct. */
  protected offer<P extends keyof Builds>(
    point: P,
    construct: Parameters<NonNullable<Builds[P]>>[0],
    told: Told<P>,
  ): void {
    const { deployment, alarmTarget, keys } = this;
    const { data: dataKey, operations: operationsKey, alerts: alertTopics } = keys;
    const context: BuildContext = { deployment, dataKey, operationsKey, alarmTarget, alertTopics };
    for (const { name, builds } of deployment.capabilities) {
      // With the capability as `this`, as in a direct call.
      const build = builds?.[point] as Build<P> | undefined;
      namingTheCapability(name, construct, () => build?.call(builds, construct, { ...context, ...told }));
    }
  }

  /** Offers every function and rule of the stack, also those that capabilities have added. Must be called last. */
  protected offerFunctionsAndRules(): void {
    const constructs = this.node.findAll();
    for (const fn of constructs) if (ServiceFunction.isServiceFunction(fn)) this.offer("function", fn, {});
    for (const rule of constructs) if (EventRule.isEventRule(rule)) this.offer("rule", rule, {});
  }
}

/** Says of two constructs with one id which capability builds the second one, and that a name is the reason. */
function namingTheCapability(capability: string, scope: Construct, build: () => void): void {
  try {
    build();
  } catch (error) {
    const [, id] =
      /^There is already a Construct with name '(.+)' in /.exec(error instanceof Error ? error.message : "") ?? [];
    if (id === undefined) throw error;
    throw new ConstructError(
      scope,
      `the capability "${capability}" creates the construct "${id}", but that id is already taken`,
      `rename the service, table, database or bus "${id}", or give the capability's construct another id`,
    );
  }
}
