import { environmentReference } from "../../config/reference";
import { toolkitWith, withoutExtension } from "../../config/toolkit";

const bounded = "has no partner: its own limits are those of AWS";

/** Each time that an environment states: what keeps it from being defeated by another setting. */
const times: Readonly<Record<string, string>> = {
  "backups.recoveryPointHours": "compared with the schedules and startWindowMinutes",
  "backups.rules[].completionWindowMinutes": "at least an hour more than startWindowMinutes",
  "backups.rules[].startWindowMinutes": "compared with completionWindowMinutes and recoveryPointHours",
  "chaos.experiments.functions[].faults[].jitterMs": bounded,
  "chaos.experiments.functions[].faults[].retryAfterSeconds": bounded,
  "chaos.experiments.networkMinutes": "above the recovery time of the hypothesis; within chaos.hours",
  "chaos.experiments.pausedReplicationMinutes": "above the recovery time of the hypothesis; within chaos.hours",
  "chaos.gameDays[].pauseMinutes": "within chaos.hours, with all experiments of the game day",
  "databases[].cluster.alarms.replicationLagMilliseconds": "below maxRecoveryPointSeconds",
  "databases[].cluster.idleInTransactionTimeoutMilliseconds":
    "ends sessions of functions that are frozen, so it may be longer",
  "databases[].cluster.logStatementsFromMilliseconds": "below statementTimeoutMilliseconds",
  "databases[].cluster.maxRecoveryPointSeconds": "above replicationLagMilliseconds",
  "databases[].cluster.monitoringIntervalSeconds": bounded,
  "databases[].cluster.statementTimeoutMilliseconds": "at most the longest function, or the default",
  "databases[].failoverSeconds": "compared with recoveryTimeSeconds",
  "databases[].flowLogs.aggregationIntervalSeconds": bounded,
  "databases[].pgbouncer.drainSeconds": bounded,
  "databases[].pgbouncer.queryWaitTimeoutSeconds": "below the timeout of each function that waits",
  "databases[].pgbouncer.serverIdleTimeoutSeconds": "without effect above serverLifetimeSeconds, which harms nothing",
  "databases[].pgbouncer.serverLifetimeSeconds": bounded,
  "databases[].proxy.alarms.borrowLatencyMilliseconds": "below connectionBorrowTimeoutSeconds",
  "databases[].proxy.connectionBorrowTimeoutSeconds": "below the timeout of each function that waits",
  "databases[].proxy.idleClientTimeoutSeconds": bounded,
  "databases[].rotation.canary.advanceEveryMinutes": "at most bakeMinutes",
  "databases[].rotation.canary.bakeMinutes": "below rotation.afterDays, and above what the alarm takes",
  "databases[].rotation.canary.periodSeconds": "part of what bakeMinutes is compared with",
  "databases[].rotation.windowHours": "a day at most",
  "dependencies[].alarmMinutes": bounded,
  "dependencies[].maxOpenSeconds": "at least openSeconds",
  "dependencies[].openSeconds": "at most maxOpenSeconds",
  "eventBuses[].alarmThresholds.deadLetterAgeSeconds":
    "below the 14 days of the queue; at most half of the 24 hours of a stream that the service reads",
  "keyManagement.failoverSeconds": "compared with recoveryTimeSeconds",
  "keyRotation.pauseMinutes": "at most 31 days, below the shortest rotation period",
  "queuePausing.alarmMinutes": "at most a day, below the 4 days that a paused queue keeps messages at least",
  "queues[].alarmThresholds.deadLetterAgeSeconds": "below what is left of 14 days after messageRetentionSeconds",
  "queues[].alarmThresholds.oldestMessageSeconds": "below messageRetentionSeconds",
  "queues[].delaySeconds": "below messageRetentionSeconds",
  "queues[].kmsDataKeyReuseSeconds": bounded,
  "queues[].messageRetentionSeconds": "above what the attempts take; a day below the 14 days of dead letters",
  "queues[].subscriptions.*.maximumEventAgeSeconds": "a day at most, below the 14 days of the queue",
  "queues[].visibilityTimeoutSeconds": "at least six times the timeout of the function, and the window",
  "predictiveWarming.leadMinutes": "half an hour at most; begins before an hour, whatever its length",
  "services[].api.alarms.latencyMs": "at most the timeouts of API and function",
  "services[].api.cors.maxAgeSeconds": bounded,
  "services[].api.lambdaAuthorizers.*.resultTtlSeconds": bounded,
  "services[].api.timeoutMs": "at least the timeout of the function",
  "services[].brake.forMinutes": bounded,
  "services[].chaos.longestMinutes": "a switch that asks for longer is refused",
  "services[].dashboard.periodSeconds": bounded,
  "services[].database.login.defaultTtlSeconds": "at most maxTtlSeconds",
  "services[].database.login.maxTtlSeconds": "above the timeout of the function",
  "services[].dns.alarmCheck.periodSeconds": "at most a day with evaluationPeriods",
  "services[].dns.endpointCheck.requestIntervalSeconds": "compared with recoveryTimeSeconds",
  "services[].edge.distribution.behaviors[].caching.defaultTtlSeconds": "between minTtlSeconds and maxTtlSeconds",
  "services[].edge.distribution.behaviors[].caching.maxTtlSeconds": "at least minTtlSeconds",
  "services[].edge.distribution.behaviors[].caching.minTtlSeconds": "at most maxTtlSeconds",
  "services[].edge.distribution.defaultBehavior.caching.defaultTtlSeconds": "between minTtlSeconds and maxTtlSeconds",
  "services[].edge.distribution.defaultBehavior.caching.maxTtlSeconds": "at least minTtlSeconds",
  "services[].edge.distribution.defaultBehavior.caching.minTtlSeconds": "at most maxTtlSeconds",
  "services[].edge.distribution.origin.connectionTimeoutSeconds": "compared with recoveryTimeSeconds",
  "services[].edge.distribution.origin.keepaliveTimeoutSeconds": bounded,
  "services[].edge.distribution.origin.readTimeoutSeconds": "at least the timeout of the function",
  "services[].edge.firewall.rateLimits[].evaluationWindowSeconds": "part of the comparison of limits with each other",
  "services[].function.alarms.deadLetterAgeSeconds":
    "below the 14 days of the queue; at most half of the 24 hours of a stream that the service reads",
  "services[].function.asyncInvoke.maximumEventAgeSeconds": "above what the retries take",
  "services[].function.timeoutSeconds":
    "what the others are compared with; at most spendGuard.limits.maxTimeoutSeconds",
  "services[].function.warming.everyMinutes": bounded,
  "services[].function.warming.holdMs": "a second at most; the runtime ends it before the timeout",
  "services[].queues.*.batchingWindowSeconds": "part of the visibility timeout",
  "services[].recovery.recoveryPointSeconds": "compared with each path",
  "services[].recovery.recoveryTimeSeconds": "compared with each path",
  "services[].regions.*.function.warming.everyMinutes": bounded,
  "services[].regions.*.function.warming.holdMs": "a second at most; the runtime ends it before the timeout",
  "services[].schedules.*.flexibleWindowMinutes": "a day at most; the identity is the time that was named",
  "services[].schedules.*.maximumEventAgeSeconds": "a day at most, below the 8 days that the table remembers",
  "services[].streams.*.alarmThresholds.iteratorAgeSeconds": "at most an hour below the 24 hours of the stream",
  "services[].streams.*.batchingWindowSeconds": bounded,
  "services[].streams.*.maximumRecordAgeSeconds": "an hour below the 24 hours of the stream",
  "services[].subscriptions.*.maximumEventAgeSeconds": "a day at most, below the 14 days of the queue",
  "services[].traffic.averageDurationMs": "below the timeout of the function, at most latency.objectiveMs",
  "services[].traffic.coldStartMs": "part of what latency.objectiveMs is compared with",
  "services[].traffic.latency.objectiveMs": "at least averageDurationMs",
  "spendGuard.limits.maxTimeoutSeconds": "at least the timeout of each function",
  "tables[].alarmThresholds.replicationLatencyMilliseconds": "compared with recoveryPointSeconds",
};

describe("Each time in an environment", () => {
  test("is compared with what could defeat it, or needs no comparison", () => {
    const rows = environmentReference(toolkitWith(withoutExtension)).split("\n");
    const stated = rows.flatMap((row) => /^\| `([^`]*(?:Seconds|Milliseconds|Ms|Minutes|Hours))`/.exec(row)?.[1] ?? []);
    expect([...new Set(stated)].sort()).toEqual(Object.keys(times).sort());
  });
});
