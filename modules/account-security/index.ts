export * from "./account-security";
export * from "./config";
export { guardDutyPattern, inspectorPattern } from "./finding-patterns";
