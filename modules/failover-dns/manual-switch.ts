/** How an operator takes one region out of DNS and brings it back, without a deployment. */
export interface ManualSwitch {
  /** The health check that follows the switch. */
  readonly healthCheckId: string;
  /** One AWS CLI command that takes the region out. */
  readonly drain: string;
  /** One AWS CLI command that brings it back. */
  readonly restore: string;
}
