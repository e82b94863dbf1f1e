/** Width of a character in em, in the widest of the fonts that the picture may be shown in (DejaVu Sans, Verdana). */
function em(character: string): number {
  if (/[ijl'|.,:;!]/.test(character)) return 0.42;
  if (/[ frtIJ()[\]/\\-]/.test(character)) return 0.47;
  if (/[mwMW@%]/.test(character)) return 1.05;
  if (/[A-Z&~+=<>#_]/.test(character)) return 0.86;
  if (/[\x20-\x7e]/.test(character)) return 0.67;
  return 1.1;
}

/** Width of bold text relative to regular text. */
const bolder = 1.11;

export interface Font {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** Width of a text in pixels, never less than what a browser or a converter needs for it. */
export function textWidth(text: string, { size, bold }: Font): number {
  const width = [...text].reduce((sum, character) => sum + em(character), 0);
  return Math.ceil(width * size * (bold ? bolder : 1));
}

/** A text that fits a width in pixels: shortened in the middle if it is too long, because names differ at both ends. */
export function fitText(text: string, font: Font, width: number): string {
  if (textWidth(text, font) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const shortened = `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (kept - head)).join("")}`;
    if (textWidth(shortened, font) <= width) return shortened;
  }
  return "…";
}

/** A font in which a text fits a width in pixels: as large as possible, but no smaller than given. */
export function shrinkFont(text: string, font: Font, width: number, smallest: number): Font {
  for (let size = font.size; size > smallest; size -= 0.5) {
    if (textWidth(text, { ...font, size }) <= width) return { ...font, size };
  }
  return { ...font, size: smallest };
}
