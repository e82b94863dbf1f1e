import type { Rule } from "../../contract";
import { checkHandledOnce } from "./handled-once";

const scheduledTasksRunOnce: Rule = {
  id: "scheduled-tasks-run-once",
  statement: "A service that runs on a schedule remembers which occurrences have run, in a table that all regions ask.",
  check(environment, report, enabled) {
    environment.services.forEach((service, index) => {
      for (const [name, use] of Object.entries(service.schedules)) {
        const path = ["services", index, "schedules", name];
        checkHandledOnce({ environment, enabled, service, use, path, report });
      }
    });
  },
};

export const scheduleRules: readonly Rule[] = [scheduledTasksRunOnce];
