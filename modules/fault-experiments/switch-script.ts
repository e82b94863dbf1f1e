/**
 * What the runbook runs to switch faults on: only a script knows the time, from which on a setting counts.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html
 */
export const switchScript = `import json
from datetime import datetime, timezone

import boto3


def switch_on(events, context):
    begins = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    setting = {"from": begins, "minutes": int(events["minutes"]), "faults": json.loads(events["faults"])}
    boto3.client("ssm").put_parameter(
        Name=events["name"], Value=json.dumps(setting, separators=(",", ":")), Overwrite=True
    )
    return {"from": begins}
`;
