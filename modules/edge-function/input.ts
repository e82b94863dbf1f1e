// Generated from the schemas by `npm run docs`; do not edit.
import type { JsonValue, LogRetentionDays } from "../core";

/** What `edgeFunctionConfig` takes: fields with defaults may be left out. */
export interface EdgeFunctionInput {
  /** Source file of the handler, relative to the project folder, such as services/orders/handler.ts. */
  readonly entry: string;
  /**
   * Name of the exported handler function.
   *
   * @defaultValue `"handler"`
   */
  readonly handler?: string;
  /** Events that the function may be associated with. Viewer events have lower limits. */
  readonly eventTypes: readonly ("viewer-request" | "origin-request" | "origin-response" | "viewer-response")[];
  /**
   * Lambda runtime, on x86_64.
   *
   * @defaultValue `"nodejs22.x"`
   */
  readonly runtime?: "nodejs22.x" | "nodejs20.x";
  /**
   * Memory in MB: 128 for viewer events, up to 10240 for origin events.
   *
   * Takes `integer 128..10240`.
   *
   * @defaultValue `128`
   */
  readonly memoryMb?: number;
  /**
   * Timeout of one invocation, in seconds: at most 5 for viewer events, 30 for origin events.
   *
   * Takes `integer 1..30`.
   *
   * @defaultValue `3`
   */
  readonly timeoutSeconds?: number;
  /**
   * Values by the identifier that the code declares (`declare const ROUTING: Routing`). Never put secrets here.
   *
   * @defaultValue `{}`
   */
  readonly constants?: { readonly [name: string]: JsonValue };
  /**
   * Minimum level of the handler's log lines.
   *
   * @defaultValue `"INFO"`
   */
  readonly logLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /**
   * Minimum level of Lambda's own log lines. INFO includes a report for each invocation.
   *
   * @defaultValue `"INFO"`
   */
  readonly systemLogLevel?: "DEBUG" | "INFO" | "WARN";
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Leaves the function in AWS on destroy, because CloudFront keeps replicas for hours. See the README.
   *
   * @defaultValue `true`
   */
  readonly skipDestroy?: boolean;
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Percentage of invocations that fail.
     *
     * Takes `number 0.., below 100`.
     *
     * @defaultValue `1`
     */
    readonly errorPercent?: number;
  };
}

