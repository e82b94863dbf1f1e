import type { Gate } from "../../contract/gate";
import { switchedOff } from "../switched-off";

/** Backups and point-in-time recovery stay on. */
export const noRecoveryOff: Gate = {
  id: "no-recovery-off",
  statement: "Backups and point-in-time recovery stay on where they are on.",
  why: "Switching them off deletes the existing recovery points; switching them on again starts from zero.",
  howToFix:
    "keep them on; to keep less, shorten the retention period; where the data may go, name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan, context) =>
    switchedOff(
      plan,
      context,
      [
        ["point_in_time_recovery", 0, "enabled"],
        ["point_in_time_recovery"],
        ["backup_retention_period"],
        ["automatic_backup_retention_days"],
        ["snapshot_retention_limit"],
      ],
      "its recovery points would be deleted",
    ),
};
