import { closest, distance } from "fastest-levenshtein";

/** Comparing takes the product of both lengths, so nothing is proposed for a text that is longer than any name. */
const longest = 64;

/** The known name that was probably meant; undefined if none is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length === 0 || name.length > longest || known.length === 0) return undefined;
  const same = known.find((other) => other.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return same;
  const found = closest(name, known);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(1, Math.floor(found.length / 3))
    ? found
    : undefined;
}

/** `did you mean X?` if a known name is close, otherwise the list of known names. */
export function didYouMean(name: string, known: readonly string[]): string {
  const found = nearest(name, known);
  return found === undefined ? `use one of ${known.join(", ")}` : `did you mean ${found}?`;
}

/** A part of a text in a message, cut off where it is long. */
export function show(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
