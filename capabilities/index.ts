import type { Rollout } from "../contract";
import { alertChannels } from "./alert-channels";
import { backupPlan } from "./backup-plan";
import { businessMetrics } from "./business-metrics";
import { chaosExperiments } from "./chaos-experiments";
import { circuitBreakers } from "./circuit-breakers";
import { contributorInsights } from "./contributor-insights";
import { dashboards } from "./dashboards";
import { databaseProxy } from "./database-proxy";
import { deadLetters } from "./dead-letters";
import { errorBudgets } from "./error-budgets";
import { faultInjection } from "./fault-injection";
import { firewall } from "./firewall";
import { flowLogs } from "./flow-logs";
import { functionLayers } from "./function-layers";
import { keyRotationEvidence } from "./key-rotation-evidence";
import { kpis } from "./kpis";
import { predictiveWarming } from "./predictive-warming";
import { provisionedConcurrency } from "./provisioned-concurrency";
import { savedQueries } from "./saved-queries";
import { schemaMigrations } from "./schema-migrations";
import { secretRotation } from "./secret-rotation";
import { signedCode } from "./signed-code";
import { snapStart } from "./snap-start";
import { spendGuard } from "./spend-guard";
import {
  alarms,
  dnsFailover,
  edgeFunctions,
  globalDatabase,
  replicatedEvents,
  replicatedKeys,
  replicatedTables,
  standbyServices,
  tracing,
} from "./structural";
import { warmEnvironments } from "./warm-environments";

/**
 * The one table of what each stage brings; every later stage keeps it. Capabilities build in this order. Only this folder
 * knows the additive ones by name.
 */
export const rollout = {
  foundation: [
    alarms,
    tracing,
    businessMetrics,
    dashboards,
    savedQueries,
    spendGuard,
    functionLayers,
    kpis,
    alertChannels,
    schemaMigrations,
  ],
  hardening: [
    deadLetters,
    contributorInsights,
    databaseProxy,
    firewall,
    keyRotationEvidence,
    flowLogs,
    backupPlan,
    circuitBreakers,
    warmEnvironments,
    faultInjection,
    signedCode,
    errorBudgets,
  ],
  optimization: [
    secretRotation,
    provisionedConcurrency,
    snapStart,
    predictiveWarming,
    replicatedKeys,
    replicatedTables,
    globalDatabase,
    replicatedEvents,
    dnsFailover,
    edgeFunctions,
    standbyServices,
    chaosExperiments,
  ],
} as const satisfies Rollout;
