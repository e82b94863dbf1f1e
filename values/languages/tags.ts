import type { Problem } from "../problem";
import { show } from "./nearest";

/** The most tags of one resource. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const mostTags = 50;

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const characters = "use letters, digits, spaces and _.:/=+-@";

/** The key of a tag: 1 to 128 characters, not beginning with `aws:`. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function tagKey(text: string): Problem | undefined {
  if (text === "") return "is empty; use 1 to 128 characters";
  if (text.length > 128) return `has ${text.length} characters; use at most 128`;
  if (!allowed.test(text)) return `has a character that AWS tags do not allow; ${characters}`;
  if (/^aws:/i.test(text)) return "begins with aws:, which AWS reserves for its own tags; use another prefix";
  return text.trim() === text ? undefined : "begins or ends with a space; remove it";
}

/** The value of a tag: at most 256 characters. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function tagValue(text: string): Problem | undefined {
  if (text.length > 256) return `has ${text.length} characters; use at most 256`;
  return allowed.test(text) ? undefined : `has a character that AWS tags do not allow; ${characters}`;
}

/** The tags of one resource: at most 50, whose keys differ by more than their case, as IAM wants it. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export function tagSet(tags: Readonly<Record<string, string>>): Problem | undefined {
  const keys = Object.keys(tags);
  if (keys.length > mostTags) return `has ${keys.length} tags; use at most ${mostTags}`;
  const seen = new Map<string, string>();
  for (const [key, value] of Object.entries(tags)) {
    const problem = tagKey(key);
    if (problem) return `its key ${show(key)} ${problem}`;
    const valueProblem = tagValue(value);
    if (valueProblem) return `its tag ${show(key)} ${valueProblem}`;
    const other = seen.get(key.toLowerCase());
    if (other !== undefined)
      return `has the keys ${other} and ${key}, which IAM treats as the same key; use one of them`;
    seen.set(key.toLowerCase(), key);
  }
  return undefined;
}
