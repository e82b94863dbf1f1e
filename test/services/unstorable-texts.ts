/** Texts that PostgreSQL refuses or that no UTF-8 has, so that one store answers 500 and another one keeps something else. */
export const unstorableTexts = { "a NUL": "a\0b", "half of a surrogate pair": "a\ud83d", "the other half": "\ude00a" };

/** A copy of a value for each text in it, in whose place there is another; and one with the text as the name of a property. */
export function withEachText(value: unknown, text: string): { readonly place: string; readonly value: unknown }[] {
  if (typeof value === "string") return [{ place: "", value: text }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      withEachText(item, text).map((copy) => ({
        place: `/${index}${copy.place}`,
        value: value.map((other, at) => (at === index ? copy.value : other)),
      })),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const named = { place: "/(a name)", value: { ...value, [text]: 1 } };
  const inner = Object.entries(value).flatMap(([name, item]) =>
    withEachText(item, text).map((copy) => ({
      place: `/${name}${copy.place}`,
      value: { ...value, [name]: copy.value },
    })),
  );
  return [...inner, named];
}
