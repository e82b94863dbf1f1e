import type { Gate } from "../../contract/gate";
import { type ChangedArgument, findingsOfArguments, shown } from "../changed-arguments";

type Worse = (before: unknown, after: unknown) => boolean;

const turnsOn: Worse = (before, after) => isOn(after) && !isOn(before);
const turnsOff: Worse = (before, after) => isOn(before) && !isOn(after);
const shrinks: Worse = (before, after) => typeof before === "number" && !(typeof after === "number" && after >= before);
const goes: Worse = (before, after) => Boolean(before) && !after;

/** What makes a deletion one that can be undone, by the name of the argument, in any resource type. */
export const undoArguments: Readonly<Record<string, Worse>> = {
  // A copy at the end
  skip_final_snapshot: turnsOn,
  skip_final_backup: turnsOn,
  final_snapshot_identifier: goes,
  final_snapshot_name: goes,
  delete_automated_backups: turnsOn,

  // A deletion although something is in it
  force_destroy: turnsOn,
  force_delete: turnsOn,

  // A time in which it can be called off
  recovery_window_in_days: shrinks,
  deletion_window_in_days: shrinks,

  // What Terraform leaves in AWS
  skip_destroy: turnsOff,
  retain_on_delete: turnsOff,
  retain_stack: turnsOff,

  // Earlier versions of objects
  versioning: goes,
  mfa_delete: turnsOff,
  bypass_policy_lockout_safety_check: turnsOn,
};

/** A deletion by mistake can be undone. */
export const noFinalDeletion: Gate = {
  id: "no-final-deletion",
  statement:
    "What lets a deletion be undone stays: final snapshots, recovery windows, versions, and refusals of what is not empty.",
  why: "Nothing is deleted by this change, but the next mistake is then final.",
  howToFix:
    "keep the argument as it is; before an intended deletion, name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan) =>
    findingsOfArguments(plan, (argument) => {
      const { name, before, after, isUnknown } = argument;
      if (isUnknown || !isWorse(argument)) return undefined;
      return `${name} would be ${shown(after)} in place of ${shown(before)}; a deletion could then not be undone`;
    }),
};

function isWorse({ resource, name, last, before, after }: ChangedArgument): boolean {
  // Versions of objects are switched off by a word.
  if (resource.type === "aws_s3_bucket_versioning" && name === "versioning_configuration.status") {
    return before === "Enabled" && after !== "Enabled";
  }
  if (resource.type === "aws_s3_bucket" && name === "versioning.enabled") return turnsOff(before, after);
  return undoArguments[last]?.(before, after) ?? false;
}

/** The provider writes some of these as text. */
const isOn = (value: unknown): boolean => value === true || value === "true" || value === "Enabled";
