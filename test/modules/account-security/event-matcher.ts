type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * Whether EventBridge sends an event to a rule, for what the toolkit's patterns use: values, and numbers that are compared. A value of a list fits if
 * one of it does, and so do fields of objects in a list.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matches(pattern: object, event: object): boolean {
  return Object.entries(pattern as Record<string, Json>).every(([name, wanted]) => {
    const values = inLists(event as Json, name);
    if (Array.isArray(wanted)) return values.flat().some((value) => wanted.some((one: Json) => fits(one, value)));
    return values
      .flat()
      .some((value) => typeof value === "object" && value !== null && matches(wanted as object, value));
  });
}

const inLists = (value: Json, name: string): Json[] => {
  const field = (value as Record<string, Json | undefined>)[name];
  return field === undefined ? [] : [field];
};

function fits(wanted: Json, value: Json): boolean {
  if (typeof wanted !== "object" || wanted === null) return wanted === value;
  const { numeric } = wanted as { readonly numeric?: readonly [string, number] };
  if (numeric?.[0] !== ">=") throw new Error(`the matcher of this test does not know ${JSON.stringify(wanted)}`);
  return typeof value === "number" && value >= numeric[1];
}
