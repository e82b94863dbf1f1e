export { type AwsRegion, awsRegions, dnsSuffixOf, partitionOf } from "../../values/availability/regions";
