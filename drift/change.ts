/** What was found changed of one argument of a resource, or that the resource is gone. */
export interface DriftChange {
  /** Name of the stack. */
  readonly stack: string;
  /** Terraform address of the resource. */
  readonly address: string;
  /** Its type: `aws_lambda_function`. */
  readonly type: string;
  /** Its region; `none` for what is in none. */
  readonly region: string;
  /** The argument, with what is in it: `global_secondary_index["by-day"].read_capacity`; undefined for a resource that is gone. */
  readonly path?: string;
  /** The first part of the path; undefined for a resource that is gone. */
  readonly attribute?: string;
  /** Its value by the state; for a resource that is gone nothing. */
  readonly before?: unknown;
  /** Its value as it was read. */
  readonly after?: unknown;
  /** Whether the provider or the configuration calls it sensitive. */
  readonly sensitive: boolean;
  /** Whether the configuration sets it. */
  readonly configured: boolean;
  /** Whether the configuration ignores its changes. */
  readonly ignored: boolean;
  /** All arguments of the resource by the state. */
  readonly values: Readonly<Record<string, unknown>>;
  /** All arguments of the resource as they were read; empty for one that is gone. */
  readonly now: Readonly<Record<string, unknown>>;
}

/** Who has moved something. */
export const driftKinds = ["failover", "scaling", "by-hand", "unknown"] as const;

/** `failover` and `scaling` are meant, which includes what functions of the toolkit change; the others are for somebody to look at. */
export type DriftKind = (typeof driftKinds)[number];
