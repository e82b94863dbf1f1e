import type { Finding, Gate } from "../../contract/gate";
import { valueAt } from "../../terraform";
import { createdOrChanged, isCreated } from "../introduced";

/** What is created or has other tags has the tags that are asked for. */
export const requiredTags: Gate = {
  id: "required-tags",
  statement: "What is created, and what gets other tags, has the tags that the organisation or --require-tags names.",
  why: "Costs, owners and policies go by tags: what has none is in nobody's budget, and nobody is asked when it breaks.",
  howToFix:
    "add the tag, best in default_tags of the provider; if it may go without, name the address with tags under acknowledgedFindings of the environment",
  check: (plan, { settings = {} }) => {
    const required = Object.entries(settings.requiredTags ?? {});
    if (required.length === 0) return [];
    return createdOrChanged(plan).flatMap((resource): Finding[] => {
      const { address, change } = resource;
      const tags = tagsOf(change.after, change.after_unknown);
      if (tags === undefined) return [];
      const before = isCreated(resource) ? undefined : tagsOf(change.before, undefined);
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(tags)) return [];
      const missing = required.flatMap(([key, rule]) => problemOf(key, tags[key], rule));
      if (missing.length === 0) return [];
      return [{ address, message: `would have ${missing.join(", ")}`, acknowledgedAs: `${address}.tags` }];
    });
  },
};

function problemOf(
  key: string,
  value: unknown,
  { values, pattern }: { readonly values?: readonly string[]; readonly pattern?: string },
): string[] {
  if (value === unknownValue) return [];
  if (value === undefined || value === null) return [`no tag ${key}`];
  const isAllowed =
    (values === undefined || values.includes(String(value))) &&
    (pattern === undefined || new RegExp(`^(?:${pattern})$`, "u").test(String(value)));
  return isAllowed ? [] : [`${JSON.stringify(value)} as its tag ${key}, which is not allowed`];
}

/** Stands for a tag whose value is only known after the apply. */
const unknownValue = Symbol("unknown");

/** The tags of a resource with those of its provider; undefined where it takes none, or nobody knows which. */
function tagsOf(values: unknown, unknown: unknown): Readonly<Record<string, unknown>> | undefined {
  const isOfAll = hasField(values, "tags_all") || hasField(unknown, "tags_all");
  if (!isOfAll && !hasField(values, "tags")) return undefined;
  const name = isOfAll ? "tags_all" : "tags";
  const notKnown = valueAt(unknown, [name]);
  if (notKnown === true) return undefined;
  const late = Object.entries((notKnown ?? {}) as object).map(([key]) => [key, unknownValue]);
  return { ...((valueAt(values, [name]) ?? {}) as object), ...Object.fromEntries(late) };
}

const hasField = (values: unknown, name: string): boolean =>
  values !== null && typeof values === "object" && name in values;
