export { SimulatorError } from "./errors";
export { checkPrerequisites, type Prerequisites } from "./prerequisites";
export { simulate } from "./simulate";
export { type Simulator, type SimulatorOptions, startSimulator } from "./simulator";
