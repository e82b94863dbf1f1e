import type { RegionalBreakers } from "../../runtime/breaker/regional-breakers";
import { invocationSignal } from "../../runtime/invocation/time";
import type { PlacedOrder } from "./order-placed";

/** The carrier refuses a shipment: it works, and the same request would be refused again. */
export class CarrierRefusedError extends Error {
  override readonly name = "CarrierRefusedError";
}

/** How long a call may take, in milliseconds. */
const timeoutMs = 3_000;

/**
 * The carrier that fetches shipments, an HTTP API outside of the environment. A shipment is put under the order's id, so that it may be
 * announced more than once, and in either region.
 */
export class Carrier {
  /** @param url its address where the environment names no endpoints @param send what sends the requests */
  constructor(
    private readonly breakers: RegionalBreakers,
    private readonly url: string,
    private readonly send = fetch,
  ) {}

  /** Announces the shipment of an order. @throws CircuitOpenError without a call, while the carrier is failing */
  async announce({ orderId, items }: PlacedOrder): Promise<void> {
    const send = this.send;
    await this.breakers.call(async ({ url = this.url }) => {
      const { status, body } = await send(`${url}/shipments/${encodeURIComponent(orderId)}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ items }),
        signal: AbortSignal.any([invocationSignal(), AbortSignal.timeout(timeoutMs)]),
      });
      await body?.cancel();
      if (status < 300) return;
      const message = `The carrier answered ${status}.`;
      throw status < 500 && status !== 429 ? new CarrierRefusedError(message) : new Error(message);
    });
  }
}
