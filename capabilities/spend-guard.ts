import { defineCapability, reservedServiceName } from "../contract";
import { ceilingProblems, SpendGuard, spendGuardConfig } from "../modules/spend-guard";

/** A monthly budget of the environment, and ceilings for its single functions. */
export const spendGuard = defineCapability({
  name: "spendGuard",
  brings: "a budget with notifications",
  fields: {
    environment: {
      spendGuard: spendGuardConfig.describe("The budget, who is notified, and ceilings for single functions."),
    },
  },
  rules: [
    reservedServiceName("spend-guard", "the budget"),
    {
      id: "functions-keep-to-the-ceilings",
      statement: "No function has more memory, time or reserved concurrency than spendGuard.limits allow.",
      check({ services, spendGuard: { limits } }, report) {
        for (const { path, message } of ceilingProblems(services, limits)) report([...path], message);
      },
    },
  ],
  builds: {
    environment(scope, { config, deployment: { environment, homeRegion }, alertTopics }) {
      new SpendGuard(scope, "spend-guard", {
        config: config.spendGuard,
        name: `${environment}-monthly`,
        region: homeRegion,
        environmentTag: { key: "Environment", value: environment },
        topicArn: alertTopics.topicArn(homeRegion),
      });
    },
  },
});
