export * from "./config";
export * from "./database-network";
export { FlowLogs, type FlowLogsProps } from "./flow-logs";
