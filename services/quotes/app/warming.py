"""Answers to the calls that keep execution environments there, and what is made again when one is restored from a snapshot."""

import os
import random
import time
import uuid

try:
    # Part of Lambda's own runtime for Python from 3.12 on.
    from snapshot_restore_py import register_after_restore
except ImportError:

    def register_after_restore(function):
        return function


MEMBER = "evenkeelWarming"
LONGEST_HOLD_MS = 1000
RESERVE_MS = 500
_here = {"id": None, "called": False}


@register_after_restore
def after_restore():
    """
    Every environment that is restored begins with the same memory. What has to differ between them, or may be old by then, is made
    again: ids, the state of `random`, and in other services connections, tokens and what was read before. The generator of the
    operating system, which `uuid` and `secrets` use, is made again by Lambda.
    """
    _here["id"] = None
    random.seed()


def is_warming_call(event):
    """No event of AWS has this member alone, and none of their callers can make one."""
    return isinstance(event, dict) and list(event) == [MEMBER] and isinstance(event[MEMBER], dict)


def answer_warming(event, context):
    ahead = os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand") != "on-demand"
    cold, _here["called"] = not (_here["called"] or ahead), True
    _here["id"] = _here["id"] or str(uuid.uuid4())
    asked = event[MEMBER].get("holdMs")
    hold = min(asked, LONGEST_HOLD_MS) if isinstance(asked, (int, float)) and asked > 0 else 0
    left = max(0, context.get_remaining_time_in_millis() - RESERVE_MS)
    time.sleep(min(hold, left) / 1000)
    return {"warming": {"environment": _here["id"], "cold": cold}}
