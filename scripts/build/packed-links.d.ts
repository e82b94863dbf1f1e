/** Paths of the files that npm packs from a folder. */
export function packedFiles(root: string): string[];

/** The texts of the documents whose links the package does not have as they stand, by path. */
export function changedDocuments(
  root: string,
  files: readonly string[],
): ReadonlyMap<string, { readonly before: string; readonly after: string }>;
