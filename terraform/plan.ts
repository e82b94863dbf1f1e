import type { StackOutput } from "./json-log";

/**
 * The parts of `terraform show -json <plan>` that are read here, format 1.x.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface Plan {
  /** `1.2`; only another major version may mean another shape. */
  readonly format_version: string;
  /** True if planning failed midway: such a plan proves nothing. */
  readonly errored?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  /** What the refresh found changed since the last apply; `delete` for what it no longer found. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, OutputChange>>;
  readonly planned_values?: { readonly outputs?: Readonly<Record<string, StackOutput>> };
  /** The state that was planned from, with what data sources have read. */
  readonly prior_state?: { readonly values?: { readonly root_module?: PriorModule } };
  readonly configuration?: Configuration;
}

/** What a module of a state holds, without those below it. */
export interface PriorModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly name: string;
    readonly values?: Readonly<Record<string, unknown>>;
  }[];
}

/** What happens to one output of the state. */
export interface OutputChange {
  readonly actions: readonly Action[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** Shaped like `after`, with true where the value is only known after apply. */
  readonly after_unknown?: unknown;
  /** True, or shaped like `after`, where the value is secret. */
  readonly after_sensitive?: unknown;
}

export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** What happens to one resource instance, or to a deposed object of one. */
export interface ResourceChange {
  readonly address: string;
  /** The address before a `moved` block took effect. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Key of an object that an earlier, interrupted replacement left behind. */
  readonly deposed?: string;
  readonly change: Change;
  /** Why it is replaced or deleted: `delete_because_no_resource_config`, `replace_because_cannot_update`, ... */
  readonly action_reason?: string;
}

export interface Change {
  /** Two actions, in either order, are a replacement. */
  readonly actions: readonly Action[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** Shaped like `after`, with true where the value is only known after apply. */
  readonly after_unknown?: unknown;
  /** True, or shaped like `before`, where the value is secret. */
  readonly before_sensitive?: unknown;
  /** True, or shaped like `after`, where the value is secret. */
  readonly after_sensitive?: unknown;
  /** The object of AWS that an `import` block takes in; before the apply that does so. */
  readonly importing?: { readonly id?: string };
  /** The attributes that force a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

export interface Configuration {
  readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
  readonly root_module?: ConfiguredModule;
}

export interface ProviderConfig {
  /** Address of the provider: `registry.terraform.io/hashicorp/aws`. */
  readonly full_name?: string;
  /** What versions the configuration takes: `5.100.0`, `~> 5.0`; left out where it does not say. */
  readonly version_constraint?: string;
  readonly alias?: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

export interface ConfiguredModule {
  readonly resources?: readonly ConfiguredResource[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfiguredModule }>>;
}

export interface ConfiguredResource {
  /** Address within its module, without an instance key. */
  readonly address: string;
  /** Key in `provider_config`: `aws.eu-west-1`. */
  readonly provider_config_key?: string;
  /** Arguments as written: `{ constant_value }` for a literal, `{ references }` for anything else. */
  readonly expressions?: Readonly<Record<string, unknown>>;
}

/** The changes of managed resources; data sources are read again by every plan and hold nothing. */
export function managedChanges(plan: Plan): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(({ mode }) => mode === "managed");
}

/** The managed resources that the refresh no longer found, as they were before. */
export function lostResources(plan: Plan): ResourceChange[] {
  return (plan.resource_drift ?? []).filter(
    ({ mode, change }) => mode === "managed" && change.actions.includes("delete"),
  );
}

/** The resource as written in the configuration, of the root module and of those below it; undefined when it is gone. */
export function configuredResource(plan: Plan, address: string): ConfiguredResource | undefined {
  const parts = address.replace(/\[("[^"]*"|\d+)\]/g, "").split(".");
  let module = plan.configuration?.root_module;
  while (parts[0] === "module") {
    module = module?.module_calls?.[parts[1] ?? ""]?.module;
    parts.splice(0, 2);
  }
  return module?.resources?.find((resource) => resource.address === parts.join("."));
}

/** The value at a path of attribute names and list indexes; undefined where there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, part) =>
      found !== null && typeof found === "object" ? (found as Record<string | number, unknown>)[part] : undefined,
    value,
  );
}

/** Whether a value is only known after apply, itself or as part of such a value. */
export function isUnknown(change: Change, path: readonly (string | number)[]): boolean {
  return path.some((_, index) => valueAt(change.after_unknown, path.slice(0, index + 1)) === true);
}

/** Whether an `after_unknown` of a plan says of any value that only the apply tells it. */
export const hasUnknown = (unknown: unknown): boolean =>
  unknown === true || (typeof unknown === "object" && unknown !== null && Object.values(unknown).some(hasUnknown));

/** A resource that gets another address, or is taken in, and what else is done to it. */
export interface MovedResource {
  readonly kind: "moved" | "imported";
  readonly address: string;
  /** The address before, or the id by which it is imported. */
  readonly from: string;
  readonly change: ResourceChange;
}

/** What `moved` and `import` blocks of a plan do; neither is a change of anything in AWS by itself. */
export function movesIn(plan: Plan): MovedResource[] {
  return managedChanges(plan).flatMap((change): MovedResource[] => {
    const { address, previous_address: before } = change;
    const { importing } = change.change;
    return [
      ...(before !== undefined ? [{ kind: "moved" as const, address, from: before, change }] : []),
      ...(importing ? [{ kind: "imported" as const, address, from: importing.id ?? "", change }] : []),
    ];
  });
}
