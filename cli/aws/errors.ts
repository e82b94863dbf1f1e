import { UserError } from "../../errors";

/** AWS could not be asked, or refused. */
export class AwsRefusedError extends UserError {
  override readonly name = "AwsRefusedError";
}

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const noCredentials = new Set(["CredentialsProviderError", "TokenProviderError"]);
const badCredentials = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);
const denied = new Set(["AccessDenied", "AccessDeniedException", "NotAuthorized"]);

/** The name of an error of the SDK, of Node.js, or of anything else: a word without anything of a message. */
export function errorName(error: unknown): string {
  const { name = "Error", code } = (error ?? {}) as SdkError;
  return name === "Error" && typeof code === "string" ? code : name;
}

/**
 * What to tell of an error of a call, where the user can do something about it; any other error as it is.
 * @param doing what was asked of AWS: `read the queue prod-orders-dead-letters in eu-west-1`
 * @param account the account of the environment, which the credentials should be of
 * @param page the page that has the permissions
 */
export function awsError(
  error: unknown,
  doing: string,
  account: string,
  page = "docs/how-to/redrive-and-replay.md",
): unknown {
  const name = errorName(error);
  const { message = "", $metadata, code } = (error ?? {}) as SdkError;
  if (noCredentials.has(name)) {
    return new AwsRefusedError(
      `Cannot ${doing}: there are no AWS credentials; set AWS_PROFILE, or run aws sso login or aws configure, for account ${account}.`,
    );
  }
  if (badCredentials.has(name)) {
    return new AwsRefusedError(
      `Cannot ${doing}: AWS does not accept the credentials (${name}); renew them, for account ${account}.`,
    );
  }
  if (denied.has(name)) {
    return new AwsRefusedError(
      `Cannot ${doing}: it is not allowed (${name}); use credentials of account ${account} that may do so. ${page} has the permissions.`,
    );
  }
  if (typeof code === "string" || ($metadata?.httpStatusCode ?? 0) >= 500 || name === "TimeoutError") {
    return new AwsRefusedError(`Cannot ${doing}: AWS does not answer (${name}); run the same command again later.`);
  }
  if ($metadata) return new AwsRefusedError(`Cannot ${doing}: ${name}: ${message}`);
  return error;
}
