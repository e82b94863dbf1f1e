import { defineCapability, reservedServiceName } from "../../contract";
import { mostTasks } from "../../modules/container-service";
import { brakeConfig, SpendBrake, spendBrakeConfig } from "../../modules/spend-brake";
import { ceilingProblems, recursionAlarm, SpendGuard, spendGuardConfig } from "../../modules/spend-guard";
import { brakeRules } from "./brake-rules";

/** A monthly budget of the environment with actions, ceilings for its single functions, alarms on loops, and brakes. */
export const spendGuard = defineCapability({
  name: "spendGuard",
  brings: "a budget with notifications and an action, alarms on loops, and brakes for functions",
  fields: {
    environment: {
      spendGuard: spendGuardConfig.describe("The budget, who is notified, and ceilings for single functions."),
      spendBrake: spendBrakeConfig.prefault({}).describe("What stops services with a brake."),
    },
    service: {
      brake: brakeConfig
        .optional()
        .describe(
          "Stops the function within minutes when its invocations are above a ceiling that is never healthy; none if left out.",
        ),
    },
  },
  rules: [
    reservedServiceName("spend-guard", "the budget"),
    reservedServiceName("spend-brake", "the brake"),
    ...brakeRules,
    {
      id: "functions-keep-to-the-ceilings",
      statement: "No function has more memory, time or reserved concurrency than spendGuard.limits allow.",
      check({ services, spendGuard: { limits } }, report) {
        for (const { path, message } of ceilingProblems(services, limits)) report([...path], message);
      },
    },
    {
      id: "containers-keep-to-the-ceilings",
      statement: "No container has more tasks than spendGuard.limits allow.",
      check({ containers, spendGuard: { limits } }, report) {
        containers.forEach(({ container }, index) => {
          const most = mostTasks(container);
          if (most <= limits.maxTasks) return;
          report(
            ["containers", index, "container", "scaling", "max"],
            `lets it have ${most} tasks, above the environment's limit of ${limits.maxTasks}; use at most that value, in schedules as well, or raise spendGuard.limits.maxTasks`,
          );
        });
      },
    },
    {
      id: "budgets-stop-services-that-are-there",
      statement: "The actions of the budget name services of the environment, each once.",
      check({ services, containers, spendGuard: { actions } }, report) {
        const known = [...services, ...containers].map(({ name }) => name);
        actions.forEach((action, index) => {
          action.services?.forEach((name, position) => {
            const at = ["spendGuard", "actions", index, "services", position];
            if (!known.includes(name)) {
              report(at, `is no service of the environment, which has ${known.join(", ") || "none"}; correct the name`);
            } else if (action.services?.indexOf(name) !== position) {
              report(at, "is listed twice; list it once");
            }
          });
        });
      },
    },
  ],
  builds: {
    service(service, { alarmTarget }) {
      const { function: fn, region } = service;
      if (alarmTarget)
        recursionAlarm(service, "recursion-alarm", alarmTarget, { region, functionName: fn.functionName });
    },
    region(scope, { config, deployment, region, service, operationsKey, alarmTarget, alertTopics }) {
      const braked = config.services.filter(({ brake }) => brake);
      if (braked.length === 0) return;
      const { environment, account, tracing } = deployment;
      new SpendBrake(scope, "spend-brake", {
        config: config.spendBrake,
        name: `${environment}-spend-brake`,
        environment,
        region,
        account,
        functions: braked.flatMap(({ name, brake }) =>
          brake ? [{ id: name, function: service(name).function, config: brake }] : [],
        ),
        key: operationsKey,
        tracing,
        alerts: alertTopics,
        alarms: alarmTarget,
      });
    },
    environment(scope, { config, deployment: { account, environment, homeRegion }, alertTopics, service, container }) {
      new SpendGuard(scope, "spend-guard", {
        config: config.spendGuard,
        name: `${environment}-monthly`,
        region: homeRegion,
        environmentTag: { key: "Environment", value: environment },
        topicArn: alertTopics.topicArn(homeRegion),
        stops: {
          account,
          roles: [
            ...config.services.flatMap(({ name }) =>
              service(name).map((regional) => ({ service: name, roleArn: regional.function.literalRoleArn })),
            ),
            ...config.containers.flatMap(({ name }) =>
              container(name).map((regional) => ({ service: name, roleArn: regional.container.literalRoleArn })),
            ),
          ],
        },
      });
    },
  },
});
