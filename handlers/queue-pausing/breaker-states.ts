import type { BreakerStore } from "../../runtime/breaker/breaker-store.js";
import type { PausedQueue } from "./paused-queue.js";

/** How a dependency looks from here. */
export interface DependencyState {
  readonly name: string;
  /** Whether no call of it is made, as the breakers of all of its endpoints are open. */
  readonly isOpen: boolean;
  /** Whether one of them may be probed now, and nobody has begun to. */
  readonly probeDue: boolean;
}

/** What is known of breakers. */
export interface BreakerSources {
  readonly store: Pick<BreakerStore, "read">;
  /** Where each is forced, by `<dependency>.<region>`: `automatic`, `open` or `closed`. */
  readonly switches: () => Promise<Readonly<Record<string, string | undefined>>>;
  readonly now: () => number;
}

/** The states of the dependencies that a queue waits for. It rejects when one cannot be read: the queue then stays as it is. */
export async function dependencyStates(
  dependencies: PausedQueue["dependencies"],
  { store, switches, now }: BreakerSources,
): Promise<DependencyState[]> {
  const forced = await switches();
  const stateOf = async (name: string, region: string) => {
    const mode = forced[`${name}.${region}`] ?? "automatic";
    if (mode !== "automatic") return { isOpen: mode === "open", probeDue: false };
    const state = await store.read(`${name}#${region}`);
    if (state.status === "closed") return { isOpen: false, probeDue: false };
    return { isOpen: true, probeDue: state.retryAt <= now() && (state.probeUntil ?? 0) <= now() };
  };
  return await Promise.all(
    dependencies.map(async ({ name, regions }) => {
      const endpoints = await Promise.all(regions.map((region) => stateOf(name, region)));
      const isOpen = endpoints.every((endpoint) => endpoint.isOpen);
      return { name, isOpen, probeDue: isOpen && endpoints.some((endpoint) => endpoint.probeDue) };
    }),
  );
}
