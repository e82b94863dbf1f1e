/** A place in a value from outside: the names and indices that lead to it. */
export type Path = readonly PropertyKey[];

/** Half of a surrogate pair, which is no character. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Whether a text can be stored as it is. PostgreSQL refuses NUL, and half of a surrogate pair has no form in UTF-8: it becomes another
 * character on its way, so that what is read is not what was sent.
 */
export const isStorable = (text: string): boolean => !text.includes("\0") && !loneSurrogate.test(text);

/** What is said to whoever sent a text that cannot be stored. */
export const notStorable = "expected text without NUL characters and without halves of surrogate pairs";

/** A place, by the one that it is in, so that going deeper costs the same at each depth. */
interface Place {
  readonly within?: Place;
  readonly name?: PropertyKey;
  readonly depth: number;
}

/** So many places are told at most, each by so many names at most: what is wrong with a request must not be longer than the request. */
const mostPlaces = 20;
const mostNames = 50;

/**
 * Where in a value there are texts that cannot be stored, the first ones; names of properties included, which stand for the object that has
 * them.
 */
export function textsNotStorable(value: unknown): Path[] {
  const found: Path[] = [];
  const seen = new Set<object>();
  // Not by recursion: what comes from outside may be nested more deeply than the stack is high.
  const open: { readonly place: Place; readonly value: unknown }[] = [{ place: { depth: 0 }, value }];
  for (let next = open.pop(); next !== undefined && found.length < mostPlaces; next = open.pop()) {
    const { place, value: current } = next;
    if (typeof current === "string" && !isStorable(current)) found.push(pathOf(place));
    if (typeof current !== "object" || current === null || seen.has(current)) continue;
    seen.add(current);
    const names = Object.keys(current);
    if (!names.every(isStorable)) found.push(pathOf(place));
    for (const name of names.reverse()) {
      if (!isStorable(name)) continue;
      const inner = { within: place, name: Array.isArray(current) ? Number(name) : name, depth: place.depth + 1 };
      open.push({ place: inner, value: (current as Record<string, unknown>)[name] });
    }
  }
  return found;
}

function pathOf(place: Place): Path {
  const names: PropertyKey[] = [];
  for (let at: Place | undefined = place; at?.name !== undefined; at = at.within) {
    if (at.depth <= mostNames) names.push(at.name);
  }
  return names.reverse();
}
