/** Data as YAML: maps, lists, texts, numbers, booleans, and null for a key without a value. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** Comments above entries of maps, by the keys that lead there: `jobs.plan-prod`. */
export type Comments = Readonly<Record<string, string>>;

/**
 * Writes YAML 1.2, a line for each text however long it is. The value of a `uses` keeps what follows its ` # ` as a comment.
 * @param spaced maps with an empty line between their entries; "" for the whole
 */
export function toYaml(data: Yaml, comments: Comments = {}, spaced: readonly string[] = ["jobs"]): string {
  // Loaded late: only pipelines are written as YAML.
  const { Document, isMap, isScalar, visit } = require("yaml") as typeof import("yaml");
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, pair, path) => {
      if (!isScalar(pair.key)) return;
      const { key, value } = pair;
      if (key.value === "uses" && isScalar(value) && typeof value.value === "string") {
        const [uses = "", version] = value.value.split(" # ");
        value.value = uses;
        if (version) value.comment = ` ${version}`;
      }
      const keys = path.flatMap((node) => ("key" in node && isScalar(node.key) ? [String(node.key.value)] : []));
      const comment = comments[[...keys, String(key.value)].join(".")];
      if (comment !== undefined) key.commentBefore = comment.replace(/^/gm, " ");
      // A line between jobs.
      const map = path.at(-1);
      if (isMap(map) && map.items[0] !== pair && spaced.includes(keys.join("."))) key.spaceBefore = true;
    },
  });
  return document.toString({ lineWidth: 0, nullStr: "" });
}
