export * from "./backtest.js";
export * from "./concurrency.js";
export * from "./fixed.js";
export * from "./forecast.js";
export { type HourOfHistory, hourMs } from "./history.js";
