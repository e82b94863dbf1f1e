/** A JSON value as a TypeScript literal, indented by two spaces for each level. */
export const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:");

/** `order-placed` as a name in TypeScript. */
export const camelCase = (name: string): string =>
  name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
