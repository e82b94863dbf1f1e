import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { acceptFinding } from "../core";

export interface AcceptedOfFunctionProps {
  /** Whether its code is an image. */
  readonly isImage?: boolean;
  /** Whether events that it failed on are kept; asked once everything is built. */
  readonly keepsFailedEvents: () => boolean;
}

/** What Checkov finds in a function that stays as it is. */
export function acceptedOfFunction(
  lambda: LambdaFunction,
  { keepsFailedEvents, isImage }: AcceptedOfFunctionProps,
): void {
  acceptFinding(lambda, "CKV_AWS_116", () =>
    keepsFailedEvents()
      ? "Events that it failed on go to the failure destination of its alias, which also gets the error; a queue of the function would not."
      : "Requests are answered at once and not kept. The capability deadLetters gives it a failure destination for events.",
  );
  acceptFinding(lambda, "CKV_AWS_117", () =>
    lambda.vpcConfigInput === undefined
      ? "It only calls AWS services, by TLS and its own role. Functions with a database run in the network of that."
      : undefined,
  );
  acceptFinding(lambda, "CKV_AWS_272", () =>
    lambda.codeSigningConfigArnInput === undefined
      ? isImage
        ? "Lambda checks no signatures of images. The plan has the digest of its image, which no other content can have."
        : "Its environment asks for no signatures; the plan has the hash of its package. codeSigning in the environment has code signed, and Lambda check it."
      : undefined,
  );
}
