"""Requests of an HTTP API, payload format 2.0, answered as the services in Node.js answer them."""

import base64
import json
import re
import traceback
import uuid

from log import begin_invocation, logger, stopwatch
from problems import (
    ServiceError,
    in_body,
    internal_error,
    invalid_input,
    missing_scope,
    not_found,
    payload_too_large,
    unauthenticated,
    unsupported_media_type,
)
from warming import answer_warming, is_warming_call

BODY_LIMIT = 64 * 1024
_correlation_id = re.compile(r"[A-Za-z0-9._-]{8,128}")
_json_media_type = re.compile(r"application/(?:[\w.-]+\+)?json\s*(?:;|$)", re.IGNORECASE)


class _DuplicateMember(ValueError):
    pass


class Request:
    """One request, with what its authorizer found out."""

    def __init__(self, event):
        self.event = event

    def require_scope(self, scope):
        claims = self._claims()
        if scope in _list(claims.get("scope")) + _list(claims.get("scp")):
            return
        logger.warning(
            "access denied",
            denial="missing-scope",
            caller="token",
            route=self.event["routeKey"],
            api_request_id=self.event["requestContext"]["requestId"],
        )
        raise missing_scope(scope)

    def body(self):
        """The JSON body; what is wrong with it is a 400, 413 or 415."""
        body = self.event.get("body")
        if not body:
            raise invalid_input([in_body("#", "a JSON body is required")])
        if not _json_media_type.match(self.event["headers"].get("content-type", "")):
            raise unsupported_media_type()
        raw = base64.b64decode(body) if self.event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")
        if len(raw) > BODY_LIMIT:
            raise payload_too_large(len(raw), BODY_LIMIT)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise invalid_input([in_body("#", "the body is not UTF-8 text")]) from None
        try:
            return json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
        except _DuplicateMember:
            raise invalid_input([in_body("#", "an object of the body has a member twice")]) from None
        except (ValueError, RecursionError):
            # The parser's own message quotes the body, which must not come back or reach the log.
            raise invalid_input([in_body("#", "the body is not JSON")]) from None

    def _claims(self):
        authorizer = self.event["requestContext"].get("authorizer") or {}
        claims = (authorizer.get("jwt") or {}).get("claims")
        if not isinstance(claims, dict):
            raise unauthenticated()
        return claims


def http_api(routes):
    """A Lambda handler of routes, each a function of a request that returns status and body."""

    def handler(event, context):
        if is_warming_call(event):
            return answer_warming(event, context)
        headers = event.get("headers") or {}
        given = headers.get("x-correlation-id", "")
        correlation_id = given if _correlation_id.fullmatch(given) else str(uuid.uuid4())
        begin_invocation(context, correlation_id)
        elapsed = stopwatch()
        line = {"route": event["routeKey"], "api_request_id": event["requestContext"]["requestId"]}
        try:
            route = routes.get(event["routeKey"])
            if route is None:
                raise not_found("The service has no such route.")
            status, body = route(Request(event))
            logger.info("request completed", **line, status=status, duration_ms=elapsed())
            return _result(status, body, correlation_id)
        except ServiceError as error:
            logger.info(
                "request completed", **line, status=error.status, duration_ms=elapsed(), error_code=error.code
            )
            return _problem(error, correlation_id)
        except Exception as cause:
            error = internal_error()
            told = {"name": type(cause).__name__, "message": str(cause), "stack": traceback.format_exc()}
            logger.error(
                "request completed",
                **line,
                status=error.status,
                duration_ms=elapsed(),
                error_code=error.code,
                error=told,
            )
            return _problem(error, correlation_id)

    return handler


def _result(status, body, correlation_id, headers=None):
    return {
        "statusCode": status,
        "headers": {
            "content-type": "application/json",
            "cache-control": "no-store",
            **(headers or {}),
            "x-correlation-id": correlation_id,
        },
        "body": json.dumps(body, separators=(",", ":"), ensure_ascii=False),
    }


def _problem(error, correlation_id):
    body = {
        "type": f"urn:problem-type:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "correlationId": correlation_id,
        **({"errors": error.issues} if error.issues else {}),
    }
    headers = {**error.headers, "content-type": "application/problem+json"}
    return _result(error.status, body, correlation_id, headers)


def _list(value):
    """API Gateway writes a list as `[a b]`; issuers write one as `a b`."""
    if not isinstance(value, str):
        return []
    return [part for part in value.removeprefix("[").removesuffix("]").split(" ") if part]


def _members(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise _DuplicateMember
    return dict(pairs)


def _no_constant(name):
    raise ValueError("no JSON")
