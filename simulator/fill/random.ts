import { createHash } from "node:crypto";

const hexDigits = "0123456789abcdef";
const decimalDigits = "0123456789";
const lowerCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
const upperCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Values that look random, but are always the same for the same seed. */
export class SeededRandom {
  private draws = 0;

  constructor(private readonly seed: string) {}

  hex(length: number): string {
    return this.pick(hexDigits, length);
  }

  digits(length: number): string {
    return this.pick(decimalDigits, length);
  }

  /** Lower-case letters and digits, as in API ids. */
  lower(length: number): string {
    return this.pick(lowerCharacters, length);
  }

  /** Upper-case letters and digits 2 to 7, as in IAM's unique ids. */
  upper(length: number): string {
    return this.pick(upperCharacters, length);
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** A moment in 2025, in UTC to the second. */
  date(): Date {
    const seconds = Number.parseInt(this.hex(8), 16) % (365 * 24 * 3600);
    return new Date(Date.UTC(2025, 0, 1) + seconds * 1000);
  }

  private pick(alphabet: string, length: number): string {
    let text = "";
    while (text.length < length) {
      const bytes = createHash("sha256")
        .update(`${this.seed}\n${this.draws++}`)
        .digest();
      for (const byte of bytes) text += alphabet[byte % alphabet.length];
    }
    return text.slice(0, length);
  }
}

/** The same text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner === "bigint") return inner.toString();
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
