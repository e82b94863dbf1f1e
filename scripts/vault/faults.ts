import { setTimeout as delay } from "node:timers/promises";
import type { Draw } from "../random";
import type { Surroundings } from "./surroundings";

/** What happens to the server, or to STS, and for how long. */
export const faultKinds = ["sealed", "stopped", "crashed", "silent", "sts"] as const;

export type FaultKind = (typeof faultKinds)[number];

export const faultsInWords: Readonly<Record<FaultKind, string>> = {
  sealed: "is sealed, and unsealed again",
  stopped: "is stopped in order, and started again",
  crashed: "is killed, and started again",
  silent: "takes connections and answers nothing",
  sts: "is there, but STS and the issuer's keys are not",
};

/** A time in which something was away, in milliseconds since 1970. */
export interface Outage {
  readonly kind: FaultKind;
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
}

/** Takes away what a fault takes away, for a while. */
export async function cause(
  kind: FaultKind,
  ms: number,
  { server, sts }: Surroundings,
  outages: Outage[],
): Promise<Outage> {
  const outage: Outage = { kind, from: Date.now(), to: Number.POSITIVE_INFINITY };
  outages.push(outage);
  if (kind === "sealed") await server.seal();
  else if (kind === "stopped") await server.end("SIGTERM");
  else if (kind === "crashed") await server.end("SIGKILL");
  else if (kind === "silent") server.pause();
  else sts.available = false;
  await delay(ms);
  if (kind === "sealed") await server.unseal();
  else if (kind === "silent") server.goOn();
  else if (kind === "sts") sts.available = true;
  else await server.restart();
  outage.to = Date.now();
  return outage;
}

/** Within the last third of a lease, and longer than an invocation may take, in milliseconds. */
const longestKept = 8_000;

/** One after the other, each kind as often as the others; every third one is longer than a lease, unless all are to be short. */
export function faultsBy(
  draw: Draw,
  leaseMs: number,
  short: boolean,
): () => { readonly kind: FaultKind; readonly ms: number } {
  let count = 0;
  let left: FaultKind[] = [];
  return () => {
    if (left.length === 0) left = [...faultKinds];
    const kind = draw(left);
    left = left.filter((other) => other !== kind);
    count += 1;
    // Within the last third of a lease, in which it is asked for again; or beyond its end.
    const ms = short
      ? longestKept
      : count % 3 === 0
        ? leaseMs + draw([3_000, 5_000, 8_000])
        : draw([3_000, 5_000, longestKept]);
    return { kind, ms };
  };
}
