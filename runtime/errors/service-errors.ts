/** One thing wrong with a request: where it is, and what is expected there; never the value received. */
export type Issue = { readonly detail: string } & (
  | { readonly in: "body"; readonly pointer: string }
  | { readonly in: "header" | "path" | "query"; readonly name: string }
);

/** What an error holds besides its message. */
interface ServiceErrorOptions {
  /** Logged for us, never sent to the caller. */
  readonly cause?: unknown;
  readonly issues?: readonly Issue[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that a caller may see: `message`, `code`, `status` and `issues` are sent, `cause` and the stack are not. */
export abstract class ServiceError extends Error {
  /** Written out in each class: the bundler shortens the names of classes. */
  abstract override readonly name: string;
  /** HTTP status code. */
  abstract readonly status: number;
  /** Stable and machine-readable, in kebab-case: clients branch on it. */
  abstract readonly code: string;
  /** The same sentence for every error of this code. */
  abstract readonly title: string;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, { cause, issues = [], headers = {} }: ServiceErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.issues = issues;
    this.headers = headers;
  }
}

/** 400: the request is malformed; `issues` lists everything that is wrong with it. */
export class InvalidInputError extends ServiceError {
  override readonly name = "InvalidInputError";
  readonly status = 400;
  readonly code = "invalid-input";
  readonly title = "The request is not valid";

  constructor(issues: readonly Issue[]) {
    super(issues.length === 1 ? "One value is not acceptable." : `${issues.length} values are not acceptable.`, {
      issues,
    });
  }
}

/** 401: nothing says who sends the request; its route authorizes nobody. */
export class UnauthenticatedError extends ServiceError {
  override readonly name = "UnauthenticatedError";
  readonly status = 401;
  readonly code = "unauthenticated";
  readonly title = "The caller is not known";

  constructor(message: string) {
    super(message, { headers: { "www-authenticate": "Bearer" } });
  }
}

/** 403: the caller is known and may not do this; the message says nothing about what is there. */
export class ForbiddenError extends ServiceError {
  override readonly name = "ForbiddenError";
  readonly status = 403;
  readonly code = "forbidden";
  readonly title = "The caller is not allowed to do this";

  /** `scopes` are those of which a token needs one. @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
  constructor(message: string, { scopes = [] }: { readonly scopes?: readonly string[] } = {}) {
    const challenge = `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"`;
    super(message, { headers: scopes.length > 0 ? { "www-authenticate": challenge } : {} });
  }
}

/** 404: what the request names does not exist. */
export class NotFoundError extends ServiceError {
  override readonly name = "NotFoundError";
  readonly status = 404;
  readonly code = "not-found";
  readonly title = "Not found";
}

/** 409: the request contradicts the present state. */
export class ConflictError extends ServiceError {
  override readonly name = "ConflictError";
  readonly status = 409;
  readonly code = "conflict";
  readonly title = "The request conflicts with the current state";
}

/** 413: the body is larger than the service reads. */
export class PayloadTooLargeError extends ServiceError {
  override readonly name = "PayloadTooLargeError";
  readonly status = 413;
  readonly code = "payload-too-large";
  readonly title = "The request body is too large";
}

/** 415: the body is not of a media type that the service reads. */
export class UnsupportedMediaTypeError extends ServiceError {
  override readonly name = "UnsupportedMediaTypeError";
  readonly status = 415;
  readonly code = "unsupported-media-type";
  readonly title = "The request body has the wrong media type";
}

/** 422: the request is well formed but cannot be carried out as it stands. */
export class UnprocessableError extends ServiceError {
  override readonly name = "UnprocessableError";
  readonly status = 422;
  readonly code = "unprocessable";
  readonly title = "The request cannot be processed";
}

/** 503 with Retry-After: a dependency is throttled, slow or down, and the same request may succeed later. */
export class UnavailableError extends ServiceError {
  override readonly name: string = "UnavailableError";
  readonly status = 503;
  readonly code = "unavailable";
  readonly title = "The service is temporarily unavailable";

  /** `retryAfterMs`, in milliseconds, is 1 s by default. */
  constructor(
    message: string,
    { retryAfterMs = 1_000, cause }: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause, headers: { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } });
  }
}

/** 500: an internal failure; the caller learns nothing about the cause. */
export class InternalError extends ServiceError {
  override readonly name = "InternalError";
  readonly status = 500;
  readonly code = "internal-error";
  readonly title = "The service failed";

  constructor(cause: unknown) {
    super("The request failed for a reason inside the service.", { cause });
  }
}
