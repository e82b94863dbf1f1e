import type { RouteHandler } from "./http-api.js";

/**
 * The answer to Route 53's health checkers, for the route `GET /health`: says that this region answers, not that everything
 * behind it does, so that a failure all regions share moves no traffic.
 */
export function healthRoute(region: string): RouteHandler {
  return () => ({ status: 200, headers: { "cache-control": "no-store" }, body: { status: "ok", region } });
}
