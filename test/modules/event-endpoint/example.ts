import type { AlarmTarget, DeploymentStack, Grantee } from "../../../modules/core";
import type { EventBusReference } from "../../../modules/event-bus";
import { EventEndpoint } from "../../../modules/event-endpoint";

export function build(
  stack: DeploymentStack,
  home: EventBusReference,
  standby: EventBusReference,
  alarms: AlarmTarget,
  publisher: Grantee,
): string {
  const endpoint = new EventEndpoint(stack, "events", {
    config: {},
    name: "prod-events",
    account: "123456789012",
    home,
    standby,
    alarms,
  });
  endpoint.grantPublish(publisher, { sources: ["shop.orders"] });
  return endpoint.endpointId;
}
