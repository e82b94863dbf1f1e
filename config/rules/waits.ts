import type { Database, Rule, Service } from "../../contract";
import type { Report } from "../../modules/core";

const usersOf = ({ name }: Database, services: readonly Service[]): readonly Service[] =>
  services.filter(({ database }) => database?.name === name);

/** Also before the pool comes: nobody should find out on the day of the promotion that functions wait for it in vain. */
const waitsEndBeforeTheFunction: Rule = {
  id: "waits-end-before-the-function",
  statement: "What a function waits for at its database gives up before the function does.",
  check({ databases, services }, report) {
    databases.forEach((database, index) => {
      const at = (path: PropertyKey[], message: string) => report(["databases", index, ...path], message);
      checkPool(database, services, at);
      checkStatements(database, services, at);
    });
  },
};

/** Functions with a login of their own go round the pool. */
function checkPool(database: Database, services: readonly Service[], report: Report): void {
  const { pgbouncer, proxy } = database;
  const wait = pgbouncer ? pgbouncer.queryWaitTimeoutSeconds : proxy.connectionBorrowTimeoutSeconds;
  const first = usersOf(database, services).find(
    (service) => !service.database?.login && service.function.timeoutSeconds <= wait,
  );
  if (!first) return;
  report(
    pgbouncer ? ["pgbouncer", "queryWaitTimeoutSeconds"] : ["proxy", "connectionBorrowTimeoutSeconds"],
    `is not shorter than the timeout of the function of ${first.name}, ${first.function.timeoutSeconds}, which would end without an answer while it waits; use less than that value`,
  );
}

/** The default, which is longer than most functions run. */
const defaultStatementMilliseconds = 30_000;

function checkStatements(database: Database, services: readonly Service[], report: Report): void {
  const users = usersOf(database, services);
  const longest = Math.max(...users.map((service) => service.function.timeoutSeconds * 1000));
  const limit = Math.max(defaultStatementMilliseconds, longest);
  if (users.length === 0 || database.cluster.statementTimeoutMilliseconds <= limit) return;
  report(
    ["cluster", "statementTimeoutMilliseconds"],
    `lets statements go on after each function that connects has ended, the last one after ${longest}; use at most ${limit}, and set more in the session of a migration`,
  );
}

const loginsOutliveTheFunction: Rule = {
  id: "logins-outlive-the-function",
  statement: "A database login from Vault lives longer than one invocation of its function.",
  check({ services }, report) {
    services.forEach(({ database, function: { timeoutSeconds } }, index) => {
      if (!database?.login || database.login.maxTtlSeconds > timeoutSeconds) return;
      report(
        ["services", index, "database", "login", "maxTtlSeconds"],
        `is not longer than the timeout of the function, ${timeoutSeconds}, so Vault would remove the user while it works; use more than that value`,
      );
    });
  },
};

const thresholdsCanBeReached: Rule = {
  id: "thresholds-can-be-reached",
  statement: "No alarm waits for more than the settings of the service allow.",
  check({ services }, report) {
    services.forEach((service, index) => {
      checkLatency(service, (path, message) => report(["services", index, ...path], message));
    });
  },
};

function checkLatency({ api, dns, function: { timeoutSeconds } }: Service, report: Report): void {
  if (!api) return;
  const longest = timeoutSeconds * 1000;
  const never = `is never reached, because the function ends after ${longest} ms at the latest; use at most that value`;
  // What is above the API's own wait is told by the config of the API.
  if (api.alarms.latencyMs > longest && api.alarms.latencyMs <= api.timeoutMs)
    report(["api", "alarms", "latencyMs"], never);
  const { alarmCheck: check } = dns;
  if (!check || !["Latency", "IntegrationLatency"].includes(check.metricName)) return;
  if (!["Average", "Minimum", "Maximum"].includes(check.statistic)) return;
  if (check.comparisonOperator.startsWith("Greater") && check.threshold > longest) {
    report(["dns", "alarmCheck", "threshold"], never);
  }
}

export const waitRules: readonly Rule[] = [waitsEndBeforeTheFunction, loginsOutliveTheFunction, thresholdsCanBeReached];
