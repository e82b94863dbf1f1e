import type { Rule, Service } from "../../contract";
import { type RecoveryRow, recoveryProblems } from "../../modules/recovery-objectives";
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
      const rows = recoveryRows(service, environment, enabled);
      // What client certificates leave of the failover is told by its own rule.
      if (service.api && !service.api.mutualTls && !rows.some((row) => movesClients(row, service))) {
        report(
          at,
          "cannot be met, because nothing moves the clients of the API to another region; add api.domainName or edge, or remove the promise",
        );
      }
      for (const { path, message } of recoveryProblems(service.recovery, rows)) report([...at, ...path], message);
    });
  },
};

/** Whether requests or events get to another region on a path; events only where the service subscribes to them. */
const movesClients = ({ path }: RecoveryRow, { subscriptions }: Service): boolean =>
  ["dns", "edge"].includes(path) || (path === "events" && Object.keys(subscriptions).length > 0);

export const recoveryRules: readonly Rule[] = [objectivesCanBeMet];
