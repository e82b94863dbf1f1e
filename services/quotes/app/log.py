"""Log lines with the fields of the services in Node.js."""

import logging
import os
import time
from datetime import datetime, timezone

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter


# As Lambda's own lines and those of Node.js say it.
logging.addLevelName(logging.WARNING, "WARN")
logging.addLevelName(logging.CRITICAL, "FATAL")


class _Formatter(LambdaPowertoolsFormatter):
    """Times end in Z, as those of Node.js."""

    def formatTime(self, record, datefmt=None):
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


logger = Logger(
    service=os.environ["SERVICE_NAME"],
    level=os.environ.get("LOG_LEVEL", "INFO"),
    logger_formatter=_Formatter(),
    environment=os.environ["ENVIRONMENT"],
)

# An environment that Lambda has started ahead of requests is not cold for the first of them.
_state = {"cold": os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand") == "on-demand"}


def begin_invocation(context, correlation_id):
    """Starts the log of one invocation: nothing of the last one stays."""
    cold, _state["cold"] = _state["cold"], False
    logger.clear_state()
    logger.append_keys(
        environment=os.environ["ENVIRONMENT"],
        cold_start=cold,
        function_arn=context.invoked_function_arn,
        function_memory_size=str(context.memory_limit_in_mb),
        function_name=context.function_name,
        function_request_id=context.aws_request_id,
        function_version=context.function_version,
        correlation_id=correlation_id,
        sampling_rate=0,
        # Left out of lines, as all that is None.
        location=None,
    )


def stopwatch():
    """Starts to measure; each call of the result gives the milliseconds since then."""
    start = time.perf_counter()
    return lambda: round((time.perf_counter() - start) * 1000, 1)
