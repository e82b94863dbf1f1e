import type { Finding, Gate } from "../../contract/gate";
import { managedChanges, type ResourceChange, valueAt } from "../../terraform";
import { findingsOfArguments, shown } from "../changed-arguments";

/** What deletes by itself is neither switched on, nor off, nor pointed elsewhere. */
export const noOtherExpiry: Gate = {
  id: "no-other-expiry",
  statement: "Items and objects go on expiring as before: no expiry is switched on, off, shortened or moved.",
  why: "DynamoDB and S3 delete what has expired without asking, in every region; where expiry stops, what the owner promised to delete stays.",
  howToFix:
    "keep the expiry as it is; if the change is meant, name the address with .ttl, or with the rule, under acknowledgedRemovals of the environment",
  check: (plan) => [...managedChanges(plan).flatMap(timeToLive), ...objectExpiry(plan)],
};

function timeToLive({ address, type, change }: ResourceChange): Finding[] {
  if (type !== "aws_dynamodb_table" || !change.actions.includes("update")) return [];
  const [was, is] = [ttlOf(change.before), ttlOf(change.after)];
  if (was === is) return [];
  const removes = `${address}.ttl`;
  if (was === undefined) return [{ address, message: `its items would begin to expire by ${is}`, removes }];
  if (is === undefined) return [{ address, message: `its items would no longer expire by ${was}`, removes }];
  return [{ address, message: `its items would expire by ${is} in place of ${was}`, removes }];
}

/** The attribute by which items expire; undefined where they do not. */
export function ttlOf(values: unknown): string | undefined {
  const attribute = valueAt(values, ["ttl", 0, "attribute_name"]);
  return valueAt(values, ["ttl", 0, "enabled"]) === true && typeof attribute === "string" ? attribute : undefined;
}

const expiring =
  /^rule\.(expiration|noncurrent_version_expiration)\.((noncurrent_)?days|date|newer_noncurrent_versions)$/;

function objectExpiry(plan: Parameters<Gate["check"]>[0]): Finding[] {
  const withoutVersions = firstVersionsIn(plan);
  return findingsOfArguments(plan, ({ resource, name, last, before, after, isUnknown }) => {
    if (resource.type !== "aws_s3_bucket_lifecycle_configuration" || isUnknown || !expiring.test(name))
      return undefined;
    // Later, or no longer: nothing is lost by that.
    if (typeof after !== "number" ? !after : typeof before === "number" && before > 0 && after >= before) {
      return undefined;
    }
    if (after === 0) return undefined;
    const isOfVersions = name.startsWith("rule.noncurrent_version_expiration");
    if (isOfVersions && withoutVersions.has(valueAt(resource.change.after, ["bucket"]))) return undefined;
    return `${last} of an expiry would be ${shown(after)} in place of ${shown(before || undefined)}`;
  });
}

/** Buckets that keep earlier versions from this plan on: there are none yet that could expire. */
const firstVersionsIn = (plan: Parameters<Gate["check"]>[0]): ReadonlySet<unknown> =>
  new Set(
    managedChanges(plan)
      .filter(({ type, change }) => type === "aws_s3_bucket_versioning" && change.actions.join() === "create")
      .map(({ change }) => valueAt(change.after, ["bucket"])),
  );
