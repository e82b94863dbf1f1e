import { closest, distance } from "fastest-levenshtein";

/** The time of a comparison grows with both lengths, and nothing that is known is as long. */
const longest = 200;

/** The known name that was most likely meant; undefined if none is close. */
export function nearestName(received: string, known: readonly string[]): string | undefined {
  if (received.length > longest || known.length === 0) return undefined;
  const found = closest(received, known);
  if (found.length <= 2) return undefined;
  const most = Math.max(2, Math.floor(found.length / 3));
  return distance(received.toLowerCase(), found.toLowerCase()) <= most ? found : undefined;
}
