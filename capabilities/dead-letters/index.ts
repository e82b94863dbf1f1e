import { defineCapability } from "../../contract";
import { type FailureDestination, failureDestinationKind } from "../../modules/service-function";
import { filled, onFailureConfig } from "./on-failure";
import { onFailureRules } from "./rules";

/**
 * Keeps events that functions failed on for good, or that EventBridge could not decrypt or deliver, for 14 days; or sends the former
 * where `onFailure` of a service says.
 */
export const deadLetters = defineCapability({
  name: "deadLetters",
  brings: "a queue for events that a function failed on, with alarms",
  fields: {
    service: {
      onFailure: onFailureConfig
        .optional()
        .describe(
          "Where records go of events that the function failed on after all retries of function.asyncInvoke: one of these, in place of a queue of their own.",
        ),
    },
  },
  rules: onFailureRules,
  builds: {
    bus: (bus) => bus.addDeadLetters(),
    region(_scope, { config, deployment, region, service, queue, bus }) {
      const { environment, account } = deployment;
      for (const { name, onFailure } of config.services) {
        if (!onFailure) continue;
        const destination = (): FailureDestination | undefined => {
          if (onFailure.queue !== undefined) {
            const to = queue(onFailure.queue);
            return (
              to && {
                kind: "queue",
                arn: to.queueArn,
                title: `the queue ${to.queueName}`,
                grant: (fn) => to.grantSend(fn),
              }
            );
          }
          if (onFailure.bus !== undefined) {
            const to = bus(onFailure.bus);
            return to && { kind: "bus", arn: to.eventBusArn, title: `the event bus ${to.eventBusName}` };
          }
          if (onFailure.function !== undefined) {
            const to = service(onFailure.function).function;
            return { kind: "function", arn: to.aliasArn, title: `the function ${to.functionName}` };
          }
          const at = { environment, region, account };
          const arn = filled(onFailure.arn ?? "", at);
          const kind = failureDestinationKind(arn);
          const keyArn = onFailure.keyArn && filled(onFailure.keyArn, at);
          return kind && { kind, arn, keyArn, title: `the ${kind} ${arn}` };
        };
        const found = destination();
        // In a region without the bus no rule invokes the function, and it gets the queue that all others have.
        if (found) service(name).function.sendFailuresTo(found);
      }
    },
    function: (fn) => fn.addDeadLetters(),
    rule: (rule) => rule.addDeadLetters(),
  },
});
