import { translate } from "../../values/patterns";

/** A text that matches a pattern of AWS's models, the shortest but for what may be left out; undefined where none is found. */
export function sampleOf(pattern: string): string | undefined {
  const [first] = translate(pattern).all;
  if (first === undefined) return "a";
  try {
    return new Sampler(first).sample();
  } catch {
    return undefined;
  }
}

const candidates = [..."aA0-_./:*#=+ \t", ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))];

/** Walks the pattern once, and writes one character for each that it asks for. */
class Sampler {
  private at = 0;

  constructor(private readonly pattern: string) {}

  sample(): string {
    const text = this.alternatives();
    if (this.at < this.pattern.length) throw new Error("unbalanced");
    return text;
  }

  /** The first alternative that is not empty. */
  private alternatives(): string {
    const found = [this.sequence()];
    while (this.pattern[this.at] === "|") {
      this.at += 1;
      found.push(this.sequence());
    }
    return found.find((text) => text !== "") ?? "";
  }

  private sequence(): string {
    let text = "";
    while (this.at < this.pattern.length && !"|)".includes(this.pattern[this.at] ?? "")) {
      const atom = this.atom();
      text += atom.repeat(this.times());
    }
    return text;
  }

  private atom(): string {
    const rest = this.pattern.slice(this.at);
    const take = (token: RegExp): string | undefined => {
      const [found] = token.exec(rest) ?? [];
      if (found !== undefined) this.at += found.length;
      return found;
    };
    if (take(/^(\^|\$|\\z|\(\?[is]+\))/)) return "";
    if (take(/^\((\?:)?/)) {
      const text = this.alternatives();
      this.at += 1;
      return text;
    }
    const one = take(/^\[(\\.|\[:\w+:\]|[^\]\\])+\]/) ?? take(/^\\x\{[0-9A-Fa-f]+\}/) ?? take(/^\\./) ?? take(/^[^)]/);
    if (one === undefined) throw new Error("nothing");
    if (one.length === 1 && one !== ".") return one;
    if (/^\\[^A-Za-z0-9]$/.test(one)) return one.slice(1);
    const readable = one.replace(/\\x\{/g, "\\u{").replace(/\[:\w+:\]/g, "!-~");
    const expression = new RegExp(`^(?:${escapedHyphens(readable)})$`, "u");
    const found = [...candidates, one.replace(/^\\/, "")].find((character) => expression.test(character));
    if (found === undefined) throw new Error(`no character for ${one}`);
    return found;
  }

  private times(): number {
    const rest = this.pattern.slice(this.at);
    const [quantifier, least] = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/.exec(rest) ?? [];
    if (quantifier === undefined) return 1;
    this.at += quantifier.length;
    return least === undefined ? (quantifier[0] === "?" ? 0 : 1) : Number(least);
  }
}

/** JavaScript wants the hyphen after a class escaped. */
const escapedHyphens = (text: string): string =>
  text.replace(/(\\[wdsp](?:\{\w+\})?)-/g, "$1\\-").replace(/\\([_#&' ,=@:"!%;<>`~])/g, "$1");
