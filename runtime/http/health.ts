import { loadRemaining } from "../aws/on-demand.js";
import type { RouteHandler } from "./http-api.js";

/**
 * The answer to Route 53's health checkers, for the route `GET /health`: says that this region answers, not that everything
 * behind it does, so that a failure all regions share moves no traffic.
 *
 * The first answer of an execution environment comes as soon as it can. The second one first loads what no request has needed so
 * far, so that a standby region, which sees health checks alone, is ready when the traffic comes.
 */
export function healthRoute(region: string): RouteHandler {
  let isWarm = false;
  return async () => {
    if (isWarm) await loadRemaining();
    isWarm = true;
    return { status: 200, headers: { "cache-control": "no-store" }, body: { status: "ok", region } };
  };
}
