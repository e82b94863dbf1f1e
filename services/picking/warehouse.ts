import type { Endpoint, RegionalBreakers } from "../../runtime/breaker/regional-breakers";
import { invocationSignal } from "../../runtime/invocation/time";
import { carryingFetch } from "../../runtime/observability/carrying-fetch";
import type { PlacedOrder } from "../shipments/order-placed";

/** The warehouse refuses a pick list: it works, and the same list would be refused again. */
export class WarehouseRefusedError extends Error {
  override readonly name = "WarehouseRefusedError";
}

/** How long a call may take, in milliseconds. */
const timeoutMs = 3_000;

/** What the warehouse says to a list that it has. */
interface Receipt {
  readonly orderId?: unknown;
}

/**
 * The warehouse that picks orders, an HTTP API outside of the environment. A list is put under the order's id, so that the warehouse takes it once,
 * however often it is sent.
 */
export class Warehouse {
  /** @param url its address where the environment names no endpoints @param send what sends the requests */
  constructor(
    readonly breakers: RegionalBreakers,
    private readonly url: string,
    private readonly send = carryingFetch(),
  ) {}

  /** Hands over the pick list of an order. @throws CircuitOpenError without a call, while the warehouse is failing */
  async hand({ orderId, customerId, items }: PlacedOrder): Promise<void> {
    await this.breakers.call(async (endpoint) => {
      const path = `pick-lists/${encodeURIComponent(orderId)}`;
      const receipt = await this.ask(endpoint, path, { method: "PUT", body: JSON.stringify({ customerId, items }) });
      // An answer that is not about this list proves nothing.
      if (receipt.orderId !== orderId) throw new Error("The warehouse did not confirm the list.");
    });
  }

  /** Whether it works, without an effect; for the circuit breaker, while the queue is paused. */
  async isWorking(endpoint: Endpoint): Promise<void> {
    await this.ask(endpoint, "health", { method: "GET" });
  }

  private async ask({ url = this.url }: Endpoint, path: string, init: RequestInit): Promise<Receipt> {
    const send = this.send;
    const answer = await send(`${url}/${path}`, {
      ...init,
      headers: { "content-type": "application/json" },
      signal: AbortSignal.any([invocationSignal(), AbortSignal.timeout(timeoutMs)]),
    });
    const body = await answer.text();
    if (answer.ok) return (JSON.parse(body) as Receipt | null) ?? {};
    const message = `The warehouse answered ${answer.status}.`;
    throw answer.status < 500 && answer.status !== 429 ? new WarehouseRefusedError(message) : new Error(message);
  }
}
