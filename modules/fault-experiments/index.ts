export * from "./config";
export { type ExperimentProps, FaultExperiment } from "./fault-experiment";
export * from "./fault-experiments";
export { GameDays, type GameDaysProps } from "./game-days";
export * from "./hypothesis";
