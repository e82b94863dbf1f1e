/** What an address may have besides its host and port. */
export interface UrlParts {
  /** Whether a path may follow the host; without it not even a slash may. */
  readonly path?: boolean;
  /** Whether a query may follow the path. */
  readonly query?: boolean;
  /** Whether a fragment may be at its end, which no server sees. */
  readonly fragment?: boolean;
  /** Whether the host may have capitals, which are compared as they stand in origins and by Vault. */
  readonly capitals?: boolean;
  /** Hosts that may also be reached by http, such as localhost. */
  readonly plainHosts?: readonly string[];
}

const longestHost = 253;
const wrongHost = "its host is not a domain name or an IPv4 address";

/**
 * What is wrong with an https address as a clause, `its port is not between 1 and 65535`; undefined for one that arrives as
 * it stands. Stricter than a browser, which takes `https:\host`, tabs and hosts such as 0x7f.1, and changes them.
 * @see https://url.spec.whatwg.org/#url-parsing
 */
export function urlFlaw(text: string, parts: UrlParts = {}): string | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return "it contains white space or a control character";
  const scheme = /^https?:\/\//.exec(text)?.[0];
  if (!scheme) return "it does not begin with https://";
  const rest = text.slice(scheme.length);
  const end = rest.search(/[/\\?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  if (authority.includes("@")) return "it contains a user or a password";
  const [host = "", port, ...more] = authority.split(":");
  if (!isHost(host) || more.length > 0) return wrongHost;
  if (!parts.capitals && host !== host.toLowerCase()) return "its host has capitals";
  if (port !== undefined && !isPort(port)) return "its port is not between 1 and 65535";
  if (scheme === "http://" && !parts.plainHosts?.includes(host)) return "it does not begin with https://";
  return flawAfterHost(end < 0 ? "" : rest.slice(end), parts) ?? flawToParsers(text, host);
}

function flawAfterHost(rest: string, { path, query, fragment }: UrlParts): string | undefined {
  if (rest.includes("#") && !fragment) return "it contains a fragment";
  if (rest.includes("?") && !query) return "it contains a query";
  if (rest.includes("\\")) return "it contains a backslash";
  return rest !== "" && !path ? "something follows its host and port" : undefined;
}

function flawToParsers(text: string, host: string): string | undefined {
  // A host that the parser changes, such as 1.2, would be another one for whoever connects.
  return URL.canParse(text) && new URL(text).hostname === host.toLowerCase() ? undefined : wrongHost;
}

const isHost = (host: string): boolean =>
  host.length <= longestHost && host.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));

const isPort = (port: string): boolean => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
