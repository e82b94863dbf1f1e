/** What a package says when it has no licence for others; it looks like an id. */
const none = "UNLICENSED";

const id = /^[A-Za-z0-9][A-Za-z0-9.:+-]*$/;

/** Reads an expression from left to right; AND binds more than OR. */
class Reader {
  private at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly allowed: ReadonlySet<string>,
  ) {}

  /** Whether the whole of it is true of the list; undefined if it is no expression. */
  all(): boolean | undefined {
    const fits = this.choice();
    return this.at === this.words.length ? fits : undefined;
  }

  private choice(): boolean | undefined {
    return this.joined("OR", () => this.joined("AND", () => this.single()));
  }

  private joined(operator: "AND" | "OR", part: () => boolean | undefined): boolean | undefined {
    let fits = part();
    while (this.takes(operator)) {
      const other = part();
      if (fits === undefined || other === undefined) return undefined;
      fits = operator === "OR" ? fits || other : fits && other;
    }
    return fits;
  }

  private single(): boolean | undefined {
    if (this.takes("(")) {
      const inner = this.choice();
      return this.takes(")") ? inner : undefined;
    }
    const licence = this.name();
    if (licence === undefined) return undefined;
    if (!this.takes("WITH")) return this.allowed.has(licence);
    const exception = this.name();
    if (exception === undefined) return undefined;
    // An exception only permits more.
    return this.allowed.has(licence) || this.allowed.has(`${licence} WITH ${exception}`);
  }

  private name(): string | undefined {
    const word = this.words[this.at] ?? "";
    if (!id.test(word) || ["AND", "OR", "WITH", none].includes(word)) return undefined;
    this.at += 1;
    return word;
  }

  private takes(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at += 1;
    return true;
  }
}

/**
 * Whether an expression of SPDX ids is true of a list: one of those that OR joins, all of those that AND joins; undefined for a text that is no
 * such expression.
 * @see https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/
 */
export function licenceFits(expression: string, allowed: readonly string[]): boolean | undefined {
  return new Reader(expression.match(/[()]|[^\s()]+/g) ?? [], new Set(allowed)).all();
}
