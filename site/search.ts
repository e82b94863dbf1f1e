/** How the search box weighs what it finds: VitePress's own weights, and fields of environments before pages that mention them. */
export const searchOptions = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  boostDocument: (id: string): number => (id.includes("/reference/environment.html#field-") ? 2 : 1),
};
