export * from "./advice";
export * from "./config";
export { hoursPerWeek, nameOfHour, type TrafficHour } from "./hours";
export * from "./kept";
export { assumedOfLambda } from "./levels";
export * from "./traffic-file";
export { executionsFor, hoursOf, TrafficWeek } from "./week";
