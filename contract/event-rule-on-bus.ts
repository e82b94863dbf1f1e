import { kebabName } from "../modules/core";
import { eventRuleConfig } from "../modules/event-bus";

/** A rule with the bus that it is on. */
export const eventRuleOnBus = eventRuleConfig.extend({
  bus: kebabName(32).describe("Name of the bus within the environment."),
});
