export { SimulatorError } from "./errors";
export type { Inventory } from "./inventory/inventory";
export { type Comparison, compareWithStates, seed, statesIn } from "./inventory/states";
export { type Place, placeInWords, type Thing } from "./inventory/thing";
export { checkPrerequisites, type Prerequisites } from "./prerequisites";
export { type Machine, thisMachine } from "./prerequisites/machine";
export { findAwsProvider } from "./prerequisites/provider";
export { type Simulation, simulate } from "./simulate";
export { openInventory, type Simulator, type SimulatorOptions, startSimulator } from "./simulator";
