import { z } from "zod";
import { strictObject } from "../../../modules/core";

/** Counts how often fields are made. */
function counted() {
  const made = { times: 0 };
  const schema = strictObject(() => {
    made.times += 1;
    return {
      name: z.string().min(2).describe("A name."),
      size: z.int().default(3).describe("A size."),
      parts: z.array(strictObject(() => ({ of: z.enum(["a", "b"]) }))).default([]),
    };
  });
  return { schema, made };
}

const eager = z.strictObject({
  name: z.string().min(2).describe("A name."),
  size: z.int().default(3).describe("A size."),
  parts: z.array(z.strictObject({ of: z.enum(["a", "b"]) })).default([]),
});

test("Fields are made once, and when a value is checked or they are looked at", () => {
  for (const use of [
    (schema: ReturnType<typeof counted>["schema"]) => schema.safeParse({}),
    (schema: ReturnType<typeof counted>["schema"]) => schema.shape.name,
    (schema: ReturnType<typeof counted>["schema"]) => schema.keyof(),
    (schema: ReturnType<typeof counted>["schema"]) => z.toJSONSchema(schema),
  ]) {
    const { schema, made } = counted();
    const described = schema.describe("Something.");
    const list = z.array(described).max(3).optional().describe("Some.");
    const checked = schema.superRefine(() => {});
    expect([list.safeParse(undefined).success, list.safeParse([]).success, made.times]).toEqual([true, true, 0]);
    use(schema);
    expect(made.times).toBe(1);
    use(schema);
    use(described);
    use(checked);
    expect(made.times).toBe(1);
  }
});

test.each([
  [{}],
  [{ name: "ab" }],
  [{ name: "a", size: 1.5, more: true }],
  [{ name: "ab", parts: [{ of: "c", more: 1 }, { of: "a" }, 3] }],
  ["text"],
  [undefined],
])("%j is taken or refused as by z.strictObject", (value) => {
  for (const change of [
    (schema: typeof eager) => schema,
    (schema: typeof eager) => schema.extend({ more: z.literal(true) }),
    (schema: typeof eager) => schema.safeExtend({ name: z.string().max(1) }),
    (schema: typeof eager) => schema.omit({ name: true }),
    (schema: typeof eager) => schema.pick({ name: true }),
    (schema: typeof eager) => schema.partial(),
    (schema: typeof eager) => z.array(schema.optional()).describe("Some."),
    (schema: typeof eager) =>
      z.discriminatedUnion("size", [schema.extend({ size: z.literal(1) }), schema.extend({ size: z.literal(2) })]),
  ]) {
    const [one, other] = [change(eager), change(counted().schema as unknown as typeof eager)];
    for (const input of [value, [value]]) {
      expect(other.safeParse(input)).toEqual(one.safeParse(input));
      expect(other.safeParse(input, { jitless: true })).toEqual(one.safeParse(input, { jitless: true }));
    }
    const io = { io: "input" } as const;
    expect(z.toJSONSchema(other, io)).toEqual(z.toJSONSchema(one, io));
  }
});
