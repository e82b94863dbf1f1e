/** Lets an operator take one region out of DNS and bring it back, without a deployment. */
export interface ManualSwitch {
  /** The health check that follows the switch. */
  readonly healthCheckId: string;
  /** The AWS CLI command that takes the region out. */
  readonly drain: string;
  /** The AWS CLI command that brings it back. */
  readonly restore: string;
}
