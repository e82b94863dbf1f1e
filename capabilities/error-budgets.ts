import { defineCapability } from "../contract";
import { ErrorBudget, errorBudgetConfig } from "../modules/error-budget";

const serviceFields = {
  errorBudget: errorBudgetConfig
    .optional()
    .describe(
      "What the service promises its callers, and alarms on how fast it loses it, from the stage that brings them; none if left out.",
    ),
};

/** The fields that say what services promise; others show it. */
export interface ErrorBudgetFields {
  readonly service: typeof serviceFields;
}

/** Alarms on how fast services lose the error budgets of their objectives, in each of their regions. */
export const errorBudgets = defineCapability({
  name: "errorBudgets",
  brings: "error budgets of services: alarms on how fast they are lost, and one on what callers notice",
  fields: {
    service: serviceFields,
    container: serviceFields,
  },
  rules: [
    {
      id: "promised-times-are-within-timeouts",
      statement: "What a service promises to answer within is no longer than its function and its API may take.",
      check({ services }, report) {
        services.forEach(({ function: fn, api, errorBudget }, index) => {
          const within = errorBudget?.latency?.withinMs;
          const longest = Math.min(fn.timeoutSeconds * 1000, api?.timeoutMs ?? Number.POSITIVE_INFINITY);
          if (within === undefined || within < longest) return;
          report(
            ["services", index, "errorBudget", "latency", "withinMs"],
            `is as long as a call can take, ${longest} ms, so that it is always kept; use less`,
          );
        });
      },
    },
    {
      id: "promised-times-of-containers-are-within-timeouts",
      statement: "What a container promises to answer within is less than the load balancer waits for it.",
      check({ containers }, report) {
        containers.forEach(({ loadBalancer, errorBudget }, index) => {
          const within = errorBudget?.latency?.withinMs;
          const longest = loadBalancer.idleTimeoutSeconds * 1000;
          if (within === undefined || within < longest) return;
          report(
            ["containers", index, "errorBudget", "latency", "withinMs"],
            `is as long as the load balancer waits for an answer, ${longest} ms, so that it is always kept; use less`,
          );
        });
      },
    },
  ],
  builds: {
    container(container, { config, deployment: { environment }, alarmTarget }) {
      if (!config.errorBudget || !alarmTarget) return;
      const { region, loadBalancer } = container;
      new ErrorBudget(container, "error-budget", {
        config: config.errorBudget,
        name: `${environment}-${config.name}`,
        region,
        source: { kind: "load-balancer", dimensions: loadBalancer.dimensions },
        impactAlarmArns: container.callerAlarmArns,
        alarms: alarmTarget,
      });
    },
    service(service, { config, deployment: { environment }, alarmTarget }) {
      if (!config.errorBudget || !alarmTarget) return;
      const { region, api, function: fn } = service;
      new ErrorBudget(service, "error-budget", {
        config: config.errorBudget,
        name: `${environment}-${config.name}`,
        region,
        source: api ? { kind: "api", apiId: api.apiId } : { kind: "function", functionName: fn.functionName },
        impactAlarmArns: service.callerAlarmArns,
        alarms: alarmTarget,
      });
    },
  },
});
