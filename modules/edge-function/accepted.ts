import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { acceptFinding } from "../core";

/**
 * What Checkov finds in a function at the edge that stays as it is.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function acceptedOfEdgeFunction(lambda: LambdaFunction): void {
  acceptFinding(lambda, "CKV_AWS_50", "Lambda@Edge has no active tracing; a correlation id goes on to the origin.");
  acceptFinding(lambda, "CKV_AWS_116", "CloudFront waits for its answer; Lambda@Edge has no dead-letter queues.");
  acceptFinding(lambda, "CKV_AWS_117", "Lambda@Edge reaches no VPC.");
  acceptFinding(lambda, "CKV_AWS_272", "Not signed yet: the plan has the hash of its package.");
}
