export * from "./cold-starts";
export * from "./config";
export * from "./kpi-dashboard";
export { coldStartsMetric, type KpiRegion, type KpiService, kpiNamespace } from "./service-kpis";
