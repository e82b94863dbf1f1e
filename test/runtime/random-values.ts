import { seeded } from "../values/languages/random";

/** Values that look random and are the same in each run. */
export class RandomValues {
  private readonly next: (min: number, max: number) => number;

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  /** A whole number from 0 to one less than the limit; of the generator's upper bits, which vary most. */
  below(limit: number): number {
    return Math.floor((this.next(0, 2 ** 31 - 1) / 2 ** 31) * limit);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  list<T>(most: number, item: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, item);
  }

  /** Of units that texts go wrong with: halves of pairs, controls, what JSON escapes, what UTF-8 takes several bytes for. */
  text(most = 8): string {
    return this.list(most, () => this.one(units)).join("");
  }

  /** Anything that JSON can hold. */
  json(depth = 3): unknown {
    const kind = this.below(depth > 0 ? 7 : 5);
    if (kind === 0) return null;
    if (kind === 1) return this.chance(50);
    if (kind === 2) return this.below(2_000_000) - 1_000_000;
    if (kind < 5) return this.text();
    if (kind === 5) return this.list(4, () => this.json(depth - 1));
    return Object.fromEntries(this.list(4, () => [this.text(), this.json(depth - 1)] as const));
  }
}

const units = [
  "a",
  "Z",
  "0",
  " ",
  '"',
  "\\",
  "/",
  "\n",
  "\0",
  "\u0001",
  "é",
  "\u2028",
  "\ufffd",
  "\ud83d",
  "\ude00",
  "😀",
];
