export * from "./config";
export * from "./pipeline-roles";
export { servicesOfEnvironments, terraformCalls } from "./terraform-calls";
