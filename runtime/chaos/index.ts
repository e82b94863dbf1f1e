export type * from "./fault-options.js";
export type { Fault, FaultKind, FaultSetting } from "./fault-setting.js";
export * from "./faults.js";
export * from "./injected-fault.js";
