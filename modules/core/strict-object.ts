import { z } from "zod";

const nothing = z.never();

/**
 * As `z.strictObject`, with fields that are made when the first value is checked or they are looked at: most environments have few of the parts that they
 * may have, and making the schemas of all others took a twentieth of a synthesis.
 *
 * Files that need nothing else of `core` import it from here: what they declare is read without an engine, too.
 * @param fields gives the schema of each field; called once
 * @see https://zod.dev/library-authors
 */
export function strictObject<T extends z.core.$ZodLooseShape>(
  fields: () => T,
): z.ZodObject<z.core.util.Writeable<T>, z.core.$strict> {
  let made: T | undefined;
  return new z.ZodObject({
    type: "object",
    get shape() {
      made ??= fields();
      return made;
    },
    catchall: nothing,
  }) as unknown as z.ZodObject<z.core.util.Writeable<T>, z.core.$strict>;
}
