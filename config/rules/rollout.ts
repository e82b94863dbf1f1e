import type { Rule } from "../../contract";
import { suggestion } from "../../modules/core";

const checksAreOfServicesWithApis: Rule = {
  id: "rollout-checks-are-of-services-with-apis",
  statement:
    "Checks between waves are of services with an API that answers whoever asks; ignored alarms are named once.",
  check({ rollout, services }, report) {
    const names = services.map(({ name }) => name);
    for (const [name, checks] of Object.entries(rollout.checks)) {
      const service = services.find((one) => one.name === name);
      if (!service) {
        report(["rollout", "checks", name], `is no service of this environment; ${suggestion(name, names)}`);
      } else if (checks.length === 0) {
      } else if (!service.api) {
        report(["rollout", "checks", name], "is a service without an API, which answers no request; remove it");
      } else if (service.api.mutualTls) {
        report(
          ["rollout", "checks", name],
          "is a service whose API asks for certificates of clients, which a check has not; remove it, and rely on alarms",
        );
      } else if (service.edge) {
        report(
          ["rollout", "checks", name],
          "is a service behind a distribution, which answers nobody else; remove it, and rely on alarms",
        );
      }
    }
    rollout.ignoredAlarms.forEach(({ name }, index) => {
      const first = rollout.ignoredAlarms.findIndex((one) => one.name === name);
      if (first < index)
        report(
          ["rollout", "ignoredAlarms", index, "name"],
          `is ignored by rollout.ignoredAlarms[${first}] already; remove one of them`,
        );
    });
  },
};

export const rolloutRules: readonly Rule[] = [checksAreOfServicesWithApis];
