import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { assumed, shown } from "../use";
import { eventsOf } from "./events";
import { charge, free } from "./parts";

/** Messages of a queue of the environment: each event of each bus that it subscribes to, at most. */
function queue(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const { path, region } = resource;
  const of = at.config.queues.find(({ name }) => path[1] === `${name}-${region}` && path[2] === "queue");
  if (!of || region !== at.servingRegion) return [];
  const buses = new Set(Object.values(of.subscriptions).map(({ bus }) => bus));
  const messages = [...buses].reduce((sum, bus) => sum + eventsOf(bus, at), 0);
  return charge(
    of.fifo ? "sqs.fifo" : "sqs.standard",
    messages * assumed.requestsPerMessage,
    `${shown(messages)} messages x ${assumed.requestsPerMessage} requests`,
  );
}

export const messages: Pricings = {
  aws_sqs_queue: queue,
  aws_sqs_queue_policy: free,
  aws_sqs_queue_redrive_allow_policy: free,
  aws_sns_topic: free,
  aws_sns_topic_policy: free,
  aws_sns_topic_subscription: free,
};
