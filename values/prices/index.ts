export * from "./call-prices";
export * from "./lambda-formulas";
export { type PriceLine, pricedRegions, type UsdByRegion } from "./line";
export * from "./table";
