// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `allowedHoursConfig` takes: fields with defaults may be left out. */
export interface AllowedHoursInput {
  /**
   * Days of the week on which they may.
   *
   * @defaultValue `["MON","TUE","WED","THU","FRI"]`
   */
  readonly days?: readonly ("MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN")[];
  /**
   * Time of day from which on they may.
   *
   * @defaultValue `"09:00"`
   */
  readonly from?: string;
  /**
   * Time of day at which all of them have ended.
   *
   * @defaultValue `"16:00"`
   */
  readonly to?: string;
  /**
   * IANA time zone of both, such as Europe/Dublin.
   *
   * @defaultValue `"UTC"`
   */
  readonly timeZone?: string;
}

/** What `faultExperimentsConfig` takes: fields with defaults may be left out. */
export interface FaultExperimentsInput {
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `365`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

/** What `functionFaultsConfig` takes: fields with defaults may be left out. */
export interface FunctionFaultsInput {
  /**
   * How long the faults are injected, in minutes. A function takes up to a minute to notice them.
   *
   * Takes `integer 5..720`.
   *
   * @defaultValue `15`
   */
  readonly minutes?: number;
  /** What is injected; the first that hits a call is. */
  readonly faults: readonly {
    /** Where it is injected: handler for the answer of the function, or the name that its code wraps a dependency with. */
    readonly at: string;
    /** What it is; runtime/chaos says what each kind does. */
    readonly kind: "latency" | "exception" | "status" | "timeout" | "blocked" | "corrupted" | "memory-pressure" | "full-disk";
    /**
     * Percentage of the calls there, drawn anew for each.
     *
     * Takes `number ..100`.
     *
     * @defaultValue `100`
     */
    readonly percent?: number;
    /**
     * How long a latency lasts, or when a timeout is too late, in milliseconds.
     *
     * Takes `integer 1..900000`.
     */
    readonly ms?: number;
    /**
     * Up to so many milliseconds more of a latency.
     *
     * Takes `integer 0..900000`.
     */
    readonly jitterMs?: number;
    /**
     * HTTP status that is answered.
     *
     * Takes `integer 400..599`.
     */
    readonly status?: number;
    /** Name of the error of an exception or a status, such as ThrottlingException. */
    readonly error?: string;
    /**
     * Value of the header retry-after of a status, in seconds.
     *
     * Takes `integer 0..3600`.
     */
    readonly retryAfterSeconds?: number;
    /**
     * MiB that a pressure on memory or a full disk takes.
     *
     * Takes `integer 1..10240`.
     */
    readonly mb?: number;
  }[];
}

/** What `gameDayConfig` takes: fields with defaults may be left out. */
export interface GameDayInput {
  /**
   * Name of the game day. Part of the Terraform address.
   *
   * Takes `string of at most 20 characters`.
   */
  readonly name: string;
  /** Day of the week. */
  readonly day: "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN";
  /**
   * Which of these days in a month, such as 1 for the first; every week if left out.
   *
   * Takes `integer 1..4`.
   */
  readonly week?: number;
  /** Time of day at which the first experiment starts, in the time zone of the allowed hours. */
  readonly at: string;
  /**
   * Minutes between the end of one experiment and the start of the next, for the system to recover.
   *
   * Takes `integer 1..240`.
   *
   * @defaultValue `15`
   */
  readonly pauseMinutes?: number;
  /**
   * Names of the experiments, in the order that they run in.
   *
   * Takes `list of string of at most 43 characters, at most 20 entries`.
   */
  readonly experiments: readonly string[];
}

