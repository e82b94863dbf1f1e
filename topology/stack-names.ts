/** The common prefix of several stack names, up to and including a hyphen: `prod-`. */
export function commonPrefix([first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return "";
  for (let end = first.lastIndexOf("-"); end > 0; end = first.lastIndexOf("-", end - 1)) {
    const prefix = first.slice(0, end + 1);
    if (others.every((name) => name.startsWith(prefix))) return prefix;
  }
  return "";
}

/** A name without a prefix; unchanged if nothing would be left. */
export function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) && name !== prefix ? name.slice(prefix.length) : name;
}
