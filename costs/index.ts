export { assumptions, leftOut } from "./assumptions";
export { type Deployed, deployedAt } from "./deployed";
export { type CostLine, type Estimate, total } from "./estimate";
export { type Grouping, grouped, groupings } from "./grouping";
export type { ProvisionedVerdict } from "./provisioned";
export { pricings } from "./services";
export { type StageCosts, stageCosts } from "./stage-costs";
