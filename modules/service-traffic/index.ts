export * from "./advice";
export * from "./config";
export { cronValues, cronWeekdays, weekHoursOf } from "./cron";
export { hoursPerWeek, nameOfHour, type TrafficHour } from "./hours";
export * from "./kept";
export { assumedOfLambda } from "./levels";
export { provisionedByHour } from "./provisioned-hours";
export * from "./traffic-file";
export { executionsFor, hoursOf, TrafficWeek } from "./week";
