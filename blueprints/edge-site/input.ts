// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../../modules/core";
import type { EdgeDistributionInput, OriginRoutingInput } from "../../modules/edge-distribution";

/** What `edgeSiteConfig` takes: fields with defaults may be left out. */
export interface EdgeSiteInput {
  /**
   * The CloudFront distribution, with its domain names.
   *
   * @defaultValue `{}`
   */
  readonly distribution?: EdgeDistributionInput;
  /** Public Route 53 zone of the distribution's domain names. */
  readonly hostedZoneId?: string;
  /**
   * How routes other than AWS_IAM are closed to whoever does not come by the distribution.
   *
   * @defaultValue `{}`
   */
  readonly originSecret?: {
    /**
     * required: functions refuse requests to routes other than AWS_IAM that did not come by the distribution. sent: they log them; deploy an environment that serves already with this first.
     *
     * @defaultValue `"required"`
     */
    readonly use?: "sent" | "required";
    /**
     * Routes that may be called past the distribution, by route key. Defaults to GET /health where the API has it, for health checkers.
     *
     * Takes `list of string of at most 512 characters, at most 20 entries`.
     */
    readonly openRoutes?: readonly string[];
    /**
     * Raise it by one to make a new key; wait half an hour before the next one.
     *
     * Takes `integer 1..1000000`.
     *
     * @defaultValue `1`
     */
    readonly version?: number;
    /** How long the key, and its name, is kept after the edge is removed: 7 to 30 days, or 0. Defaults to 30, and to 0 in a disposable environment. */
    readonly recoveryWindowDays?: 0 | number;
  };
  /** Which region the edge router asks first, from the stage that brings it. Without this field there is no router. */
  readonly router?: OriginRoutingInput & {
    /**
     * Days until log events expire; one of the periods that CloudWatch Logs supports.
     *
     * @defaultValue `30`
     */
    readonly logRetentionDays?: LogRetentionDays;
  };
}

