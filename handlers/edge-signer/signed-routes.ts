/** Routes of an API by route key, and whether they ask for signatures. */
export type SignedRoutes = Readonly<Record<string, boolean>>;

/** Whether the route that API Gateway selects for a request asks for a signature. @param path as it is sent, percent-encoded */
export function asksForSignature(routes: SignedRoutes, method: string, path: string): boolean {
  const selected = selectedRoute(routes, method, path);
  return selected !== undefined && routes[selected] === true;
}

/**
 * The key of the route that API Gateway selects for a request; undefined if there is none. It selects as documented: a full match
 * before a greedy one, and `$default` last; of several, that with the first literal segment, and a method before `ANY`.
 * @param path as it is sent, percent-encoded
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function selectedRoute(routes: SignedRoutes, method: string, path: string): string | undefined {
  const sent = path.split("/").map(decoded);
  let best: string | undefined;
  let selected: string | undefined;
  for (const key of Object.keys(routes)) {
    const fit = fitOf(key, method, sent);
    // What fits better is less as text.
    if (fit === undefined || (best !== undefined && best <= fit)) continue;
    best = fit;
    selected = key;
  }
  return selected;
}

/** How well a route fits, one character for each segment and one for the method; the better, the less. */
function fitOf(key: string, method: string, sent: readonly string[]): string | undefined {
  if (key === "$default") return "4";
  const [own = "", path = ""] = key.split(" ");
  if (own !== "ANY" && own !== method) return undefined;
  const segments = path.split("/");
  const isGreedy = /^\{.+\+\}$/.test(segments.at(-1) ?? "");
  if (isGreedy ? sent.length < segments.length : sent.length !== segments.length) return undefined;
  let fit = isGreedy ? "2" : "1";
  for (const [index, segment] of segments.entries()) {
    const isParameter = segment.startsWith("{");
    if (!isParameter && segment !== sent[index]) return undefined;
    if (isParameter && !(isGreedy && index === segments.length - 1) && sent[index] === "") return undefined;
    fit += isParameter ? "2" : "1";
  }
  return `${fit}${own === "ANY" ? "2" : "1"}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
