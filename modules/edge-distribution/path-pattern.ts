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
  let at = 0;
  let taken = 0;
  // Where the last part for any text stands, and how much of `narrow` it takes so far.
  let any: { readonly at: number; taken: number } | undefined;
  while (taken < narrow.length) {
    const [by, part] = [wide[at], narrow[taken]];
    if (by?.is === "any") {
      any = { at, taken };
      at += 1;
    } else if (by && part && takes(by, part)) {
      at += 1;
      taken += 1;
    } else if (any) {
      any.taken += 1;
      at = any.at + 1;
      taken = any.taken;
    } else return false;
  }
  return wide.slice(at).every(({ is }) => is === "any");
}

/** Whether each text of a part is one character that another part takes. */
const takes = (by: Part, part: Part): boolean =>
  by.is === "one"
    ? part.is === "literal" || part.is === "one"
    : by.is === "literal" && part.is === "literal" && by.char === part.char;

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
