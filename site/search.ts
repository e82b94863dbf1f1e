/**
 * How the search box weighs what it finds: VitePress's own weights; fields of environments before pages that mention them, and
 * the fewer levels they have, the more, because a field within another has all of its words too.
 */
export const searchOptions = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  boostDocument: (id: string, _term: string, stored?: Record<string, unknown>): number =>
    id.includes("/reference/environment.html#field-") ? 1 + 4 / String(stored?.title).split(".").length : 1,
};
