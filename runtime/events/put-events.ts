import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequest,
  type PutEventsResponse,
} from "@aws-sdk/client-eventbridge";
import { createEventClient, type EventClientOptions } from "./event-client.js";

/** Puts one batch of entries on a bus. */
export type PutEvents = (
  request: PutEventsRequest,
  options: { abortSignal: AbortSignal },
) => Promise<PutEventsResponse>;

/** What publishing needs of the SDK, in a file of its own, so that it is loaded with the first event. */
export function putEventsWith(client: Pick<EventBridgeClient, "send"> | EventClientOptions): PutEvents {
  const sender = "send" in client ? client : createEventClient(client);
  return (request, options) => sender.send(new PutEventsCommand(request), options);
}
