/**
 * How path patterns of CloudFront, whose `*` is any text and `?` any character, relate to each other and to the paths of
 * routes, whose `{name}` is a segment and `{name+}` any text.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */

/** A part of a pattern: a literal character, any one character, any text, or text without a slash that is not empty. */
type Part = { readonly is: "literal"; readonly char: string } | { readonly is: "one" | "any" | "segment" };

const literal = (char: string): Part => ({ is: "literal", char });

/** The pattern of a cache behavior. */
export function patternParts(pathPattern: string): readonly Part[] {
  return [...pathPattern].map((char) => (char === "*" ? { is: "any" } : char === "?" ? { is: "one" } : literal(char)));
}

/** The path of a route key, `/orders/{orderId}`. */
export function routeParts(path: string): readonly Part[] {
  const pieces = path.split(/(\{[^{}]*\})/).filter((piece) => piece !== "");
  return pieces.flatMap((piece): readonly Part[] => {
    if (!/^\{.*\}$/.test(piece)) return [...piece].map(literal);
    return piece.endsWith("+}") ? [{ is: "any" }] : [{ is: "segment" }];
  });
}

/** Whether each text of one pattern surely is one of another; false where it cannot be told. */
export function covers(wide: readonly Part[], narrow: readonly Part[]): boolean {
  // reached[i]: the parts of `narrow` so far are covered by the first i parts of `wide`.
  let reached = closure(wide, new Set([0]));
  for (const part of narrow) {
    const next = new Set<number>();
    for (const at of reached) {
      const by = wide[at];
      if (!by) continue;
      if (by.is === "any") next.add(at);
      else if (by.is === "one" && (part.is === "literal" || part.is === "one")) next.add(at + 1);
      else if (by.is === "literal" && part.is === "literal" && by.char === part.char) next.add(at + 1);
    }
    reached = closure(wide, next);
  }
  return reached.has(wide.length);
}

/** Whether some text is one of both patterns. */
export function overlap(left: readonly Part[], right: readonly Part[]): boolean {
  const width = right.length + 1;
  // Each number stands for a position in both patterns that one text can lead to.
  const seen = new Uint8Array((left.length + 1) * width);
  const open: number[] = [];
  const reach = (position: number) => {
    if (seen[position]) return;
    seen[position] = 1;
    open.push(position);
  };
  reach(0);
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const [at, other] = [Math.floor(position / width), position % width];
    const [one, two] = [left[at], right[other]];
    if (one?.is === "any") reach(position + width);
    if (two?.is === "any") reach(position + 1);
    if (!one || !two || !shareCharacter(one, two)) continue;
    for (const next of after(one, at)) for (const last of after(two, other)) reach(next * width + last);
  }
  return seen[left.length * width + right.length] === 1;
}

/** Where a pattern may stand after a part has taken one character. */
const after = ({ is }: Part, at: number): readonly number[] =>
  is === "any" ? [at] : is === "segment" ? [at, at + 1] : [at + 1];

function shareCharacter(one: Part, two: Part): boolean {
  if (one.is === "literal" && two.is === "literal") return one.char === two.char;
  const segment = one.is === "segment" || two.is === "segment";
  const slash = [one, two].some((part) => part.is === "literal" && part.char === "/");
  return !(segment && slash);
}

function closure(parts: readonly Part[], positions: Set<number>): Set<number> {
  for (const at of positions) if (parts[at]?.is === "any") positions.add(at + 1);
  return positions;
}
