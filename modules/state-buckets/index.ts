export * from "./config";
export * from "./fence";
export { StateBuckets, type StateBucketsProps } from "./state-buckets";
