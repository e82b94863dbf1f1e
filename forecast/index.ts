export * from "./backtest.js";
export * from "./concurrency.js";
export * from "./fixed.js";
export * from "./forecast.js";
export { dayHours, type HourOfHistory, hourMs } from "./history.js";
