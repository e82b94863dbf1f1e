/** A part of a path: a literal character, any one character, any text, or text without a slash that is not empty. */
export type PathPart = { readonly is: "literal"; readonly char: string } | { readonly is: "one" | "any" | "segment" };

const literal = (char: string): PathPart => ({ is: "literal", char });

/** The parts of a cache behavior's pattern, whose `*` is any text and `?` any character. */
export function patternParts(pathPattern: string): readonly PathPart[] {
  // Two of them take no more than one.
  return [...pathPattern.replace(/\*+/g, "*")].map((char) =>
    char === "*" ? { is: "any" } : char === "?" ? { is: "one" } : literal(char),
  );
}

/** The parts of a route key's path, whose `{name}` is a segment and `{name+}` any text. */
export function routeParts(path: string): readonly PathPart[] {
  const pieces = path.split(/(\{[^{}]*\})/).filter((piece) => piece !== "");
  return pieces.flatMap((piece): readonly PathPart[] => {
    if (!/^\{.*\}$/.test(piece)) return [...piece].map(literal);
    return piece.endsWith("+}") ? [{ is: "any" }] : [{ is: "segment" }];
  });
}

/**
 * A path pattern of CloudFront, compared with other paths part by part. The positions in it that some text can lead to are
 * the bits of a number, so that each part costs the same, whatever the pattern.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export class PathPattern {
  private readonly end: bigint;
  /** Positions at parts that take any text, any one character, a character other than a slash, or this character. */
  private any = 0n;
  private one = 0n;
  private other = 0n;
  private readonly characters = new Map<string, bigint>();

  constructor(pathPattern: string) {
    const parts = patternParts(pathPattern);
    parts.forEach((part, at) => {
      const bit = 1n << BigInt(at);
      if (part.is === "any") this.any |= bit;
      if (part.is === "one") this.one |= bit;
      if (part.is === "one" || (part.is === "literal" && part.char !== "/")) this.other |= bit;
      if (part.is === "literal") this.characters.set(part.char, (this.characters.get(part.char) ?? 0n) | bit);
    });
    this.end = 1n << BigInt(parts.length);
  }

  /** Whether each text of a path surely is one of the pattern; false where it cannot be told. */
  covers(path: readonly PathPart[]): boolean {
    return this.ends(path, (part, at) => {
      if (part.is === "literal") return this.step(at, this.one | (this.characters.get(part.char) ?? 0n));
      return this.step(at, part.is === "one" ? this.one : 0n);
    });
  }

  /** Whether some text is one of the pattern and of a path. */
  meets(path: readonly PathPart[]): boolean {
    return this.ends(path, (part, at) => {
      if (part.is === "literal") return this.step(at, this.one | (this.characters.get(part.char) ?? 0n));
      if (part.is === "segment") return this.repeated(this.step(at, this.other));
      // Any text leads to every position behind the first.
      const lowest = at & -at;
      const behind = (this.end << 1n) - lowest;
      return part.is === "any" ? behind : this.step(at, behind);
    });
  }

  /** Whether a path leads to the end, by what each of its parts does to the positions. */
  private ends(path: readonly PathPart[], move: (part: PathPart, at: bigint) => bigint): boolean {
    let at = this.passed(1n);
    for (const part of path) {
      if (at === 0n) return false;
      at = move(part, at);
    }
    return (at & this.end) !== 0n;
  }

  /** The positions after one character, which these parts and those for any text take. */
  private step(at: bigint, taking: bigint): bigint {
    return this.passed((at & this.any) | ((at & taking & (this.end - 1n)) << 1n));
  }

  /** Parts for any text may take none. */
  private passed(at: bigint): bigint {
    return at | ((at & this.any) << 1n);
  }

  /** The positions after one more character other than a slash, or another one, and so on. */
  private repeated(at: bigint): bigint {
    let [before, after] = [0n, at];
    while (after !== before) [before, after] = [after, after | this.step(after, this.other)];
    return after;
  }
}
