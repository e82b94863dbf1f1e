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

