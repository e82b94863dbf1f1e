import { type Json, objectOf, type ResourceJson, resourcesOf, type SynthesizedStack } from "../terraform";

/** A resource of the environment, as it is configured and as its state has it. */
export interface ViewedResource {
  readonly stack: string;
  /** Terraform address. */
  readonly address: string;
  readonly type: string;
  /** Region of its provider; undefined where the provider is not named after one. */
  readonly region?: string;
  /** Its block in the configuration. */
  readonly configured: ResourceJson;
  /** Its arguments by the state: references are values there. */
  readonly values: Json;
}

/** Limits between which something moves by itself. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** All that an environment configures: what decides whether a change is one that it asks for. */
export class EnvironmentView {
  private readonly byType = new Map<string, ViewedResource[]>();

  /** @param stacks each with its state, as `terraform state pull` prints it */
  constructor(stacks: readonly { readonly stack: SynthesizedStack; readonly state: Json }[]) {
    for (const { stack, state } of stacks) {
      const values = valuesIn(state);
      for (const [address, configured] of resourcesOf(stack)) {
        const [type = ""] = address.split(".");
        const region = /\.([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(String(configured.provider ?? ""))?.[1];
        const one = { stack: stack.name, address, type, region, configured, values: values.get(address) ?? {} };
        this.byType.set(type, [...(this.byType.get(type) ?? []), one]);
      }
    }
  }

  /** All resources of a type, in the order of deployment. */
  of(type: string): readonly ViewedResource[] {
    return this.byType.get(type) ?? [];
  }

  /** Variables of the functions of a region that have one of a name; what the toolkit tells its own functions. */
  variables(name: string, region: string): string[] {
    return this.of("aws_lambda_function")
      .filter((one) => one.region === region)
      .flatMap(({ values }) => {
        const [environment] = [values.environment].flat() as (Json | undefined)[];
        const value = objectOf(environment?.variables)[name];
        return typeof value === "string" ? [value] : [];
      });
  }

  /**
   * Between which limits Application Auto Scaling moves something: those of its target, of its scheduled actions, and of the forecast.
   * @returns undefined where nothing of the environment scales it
   */
  bounds(resourceId: string, dimension: string, region: string): Bounds | undefined {
    const limits = this.limits(resourceId, dimension, region);
    if (limits.length === 0) return undefined;
    return { min: Math.min(...limits.map(({ min }) => min)), max: Math.max(...limits.map(({ max }) => max)) };
  }

  /** The limits that a scalable target may have, one after the other: its own, and those of its scheduled actions. */
  limits(resourceId: string, dimension: string, region: string): Bounds[] {
    const is = ({ values, ...one }: ViewedResource): boolean =>
      one.region === region && values.resource_id === resourceId && values.scalable_dimension === dimension;
    const targets = this.of("aws_appautoscaling_target").filter(is);
    const actions = targets.length > 0 ? this.of("aws_appautoscaling_scheduled_action").filter(is) : [];
    return [
      ...targets.map(({ configured }) => boundsOf(configured)),
      ...actions.map(({ configured }) => boundsOf([configured.scalable_target_action].flat()[0])),
    ].filter(({ min, max }) => Number.isFinite(min) && Number.isFinite(max));
  }

  /** Between which numbers the forecast of predictive warming keeps an alias; undefined for one that is not forecast. */
  forecast(functionName: string, alias: string, region: string): Bounds | undefined {
    for (const aliases of this.variables("ALIASES", region)) {
      for (const one of aliases.split(" ")) {
        const [name, limits] = one.split("=");
        const [, min, max] = /^(\d+)-(\d+)@/.exec(limits ?? "") ?? [];
        if (name === `${functionName}:${alias}` && min && max) return { min: Number(min), max: Number(max) };
      }
    }
    return undefined;
  }
}

const boundsOf = (block: unknown): Bounds => {
  const { min_capacity: min, max_capacity: max } = objectOf(block);
  return { min: Number(min ?? Number.NaN), max: Number(max ?? Number.NaN) };
};

/** The arguments of the managed resources of a state, by address. */
function valuesIn({ resources }: Json): Map<string, Json> {
  return new Map(
    ((resources ?? []) as Json[])
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name, instances }) => [`${type}.${name}`, objectOf(((instances ?? []) as Json[])[0]?.attributes)]),
  );
}
