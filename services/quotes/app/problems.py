"""Errors that a caller may see, as RFC 9457 problems: https://www.rfc-editor.org/rfc/rfc9457"""


class ServiceError(Exception):
    """What the caller is told: never a value that was received, never a cause."""

    def __init__(self, status, code, title, detail, issues=(), headers=None):
        super().__init__(detail)
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.issues, self.headers = list(issues), headers or {}


def invalid_input(issues):
    many = len(issues)
    detail = "One value is not acceptable." if many == 1 else f"{many} values are not acceptable."
    return ServiceError(400, "invalid-input", "The request is not valid", detail, issues)


def in_body(pointer, detail):
    return {"in": "body", "pointer": pointer, "detail": f"Invalid input: {detail}"}


def unauthenticated():
    return ServiceError(
        401,
        "unauthenticated",
        "The caller is not known",
        "The request says nothing about who sends it.",
        headers={"www-authenticate": "Bearer"},
    )


def missing_scope(scope):
    return ServiceError(
        403,
        "forbidden",
        "The caller is not allowed to do this",
        "The token has none of the scopes that this route asks for.",
        headers={"www-authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
    )


def not_found(detail):
    return ServiceError(404, "not-found", "Not found", detail)


def payload_too_large(size, limit):
    detail = f"The body has {size} bytes; at most {limit} are accepted."
    return ServiceError(413, "payload-too-large", "The request body is too large", detail)


def unsupported_media_type():
    return ServiceError(
        415,
        "unsupported-media-type",
        "The request body has the wrong media type",
        "Send the body as JSON, with the header content-type: application/json.",
    )


def internal_error():
    return ServiceError(
        500, "internal-error", "The service failed", "The request failed for a reason inside the service."
    )
