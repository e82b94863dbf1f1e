export { bundlerOptions } from "./bundle-build";
export type { BundledPackages } from "./bundled-packages";
export { callOnSchedule, type ScheduleOfCallsProps } from "./call-on-schedule";
export type { FunctionCodeConfig } from "./code-config";
export * from "./config";
export { environmentSizeLimit, nameProblem } from "./environment-variables";
export { errorsAlarm, type FailureAlarmProps, throttlesAlarm } from "./failure-alarms";
export {
  type FailureDestination,
  type FailureDestinationKind,
  failureDestinationKind,
} from "./failure-destination";
export { filesBelow } from "./folder-files";
export { type FunctionOverride, functionOverride, overriddenFunction } from "./function-override";
export { checkSize, codeSizeLimits, type HandlerBundle, handlerBundle, handlerFileProblem } from "./handler-bundle";
export { toolkitHandler } from "./package-files";
export { type RecordedBundle, type RecordedCode, recordedBundles, recordedCode } from "./recorded-bundles";
export { type CodeFields, familyOf, runtimeOf, startAdvice } from "./runtimes";
export * from "./service-function";
export * from "./signed-code";
export { type ToolkitFunctionProps, toolkitFunction } from "./toolkit-function";
export { type ZippedFile, zipOf } from "./zip";
