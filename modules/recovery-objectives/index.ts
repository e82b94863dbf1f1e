export * from "./config";
export * from "./database-recovery";
export * from "./dns-recovery";
export * from "./edge-recovery";
export * from "./event-recovery";
export * from "./recovery-problems";
export type { RecoveryNumber, RecoveryRow } from "./recovery-row";
export * from "./table-recovery";
export * from "./vault-recovery";
