import type { Rule } from "../../contract";
import { recoveryProblems } from "../../modules/recovery-objectives";
import { recoveryRows } from "../recovery";

const objectivesCanBeMet: Rule = {
  id: "objectives-can-be-met",
  statement: "The configuration can achieve what a service promises for the loss of its home region.",
  check(environment, report, enabled) {
    const { services, regions } = environment;
    services.forEach((service, index) => {
      if (!service.recovery) return;
      const at = ["services", index, "recovery"];
      if (regions.standby.length === 0) {
        report(
          at,
          "promises recovery in another region, but regions.standby names none; name one, or remove the promise",
        );
      }
      for (const { path, message } of recoveryProblems(service.recovery, recoveryRows(service, environment, enabled))) {
        report([...at, ...path], message);
      }
    });
  },
};

export const recoveryRules: readonly Rule[] = [objectivesCanBeMet];
