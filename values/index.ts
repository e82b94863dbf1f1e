export { type ValueProblemsOptions, valueProblems } from "./check";
export type { Limits } from "./constraint";
export type { Check, Problem, ValueProblem } from "./problem";
