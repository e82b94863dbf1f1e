const listOfTexts = /\[\s*("[^"\n]*"(?:,\s*"[^"\n]*")*)\s*\]/g;

/** A JSON value as a TypeScript literal: two spaces for each level, trailing commas, lists of texts on one line. */
export const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replace(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replace(listOfTexts, (_, texts: string) => `[${texts.replace(/,\s*/g, ", ")}]`)
    .replace(/(?<=[^,[{\n])\n/g, ",\n")
    .replace(/,$/, "");

/** `order-placed` as a name in TypeScript. */
export const camelCase = (name: string): string =>
  name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
