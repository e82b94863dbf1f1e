export * from "./cold-starts";
export * from "./config";
export * from "./kpi-dashboard";
export {
  coldStartsMetric,
  type KpiContainer,
  type KpiFunction,
  type KpiRegion,
  type KpiService,
  kpiNamespace,
} from "./service-kpis";
