import type { IdempotencyStore } from "../../runtime/events/idempotency-store";

/** What two regions share: claims in memory, without leases that end. */
export function memoryStore(): IdempotencyStore & { readonly states: Map<string, string> } {
  const states = new Map<string, string>();
  let claims = 0;
  return {
    states,
    async claim(key) {
      const state = states.get(key);
      if (state === "done") return { outcome: "completed" };
      if (state !== undefined) return { outcome: "in progress", leaseExpiresAt: Date.now() + 60_000 };
      claims += 1;
      states.set(key, `claim-${claims}`);
      return { outcome: "claimed", claimId: `claim-${claims}` };
    },
    async complete(key, claimId) {
      if (states.get(key) !== claimId) return false;
      states.set(key, "done");
      return true;
    },
    async release(key, claimId) {
      if (states.get(key) === claimId) states.delete(key);
    },
  };
}
