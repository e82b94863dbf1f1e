export * from "./accepted-findings";
export {
  capacitySchedules,
  checkCapacity,
  limitsThatMove,
  scaledBy,
  scheduledCapacity,
} from "./capacity-schedules";
export * from "./composite-alarm";
export * from "./config";
export * from "./config-error";
export * from "./construct-error";
export * from "./deployment-stack";
export * from "./engine";
export * from "./ephemeral-resource";
export * from "./faster-synthesis";
export * from "./fields";
export * from "./granted-role";
export * from "./handled-once";
export * from "./literal-text";
export { LogGroup, type LogGroupProps } from "./log-group";
export { isMarked, mark } from "./mark";
export { suggestion, unknownField } from "./messages";
export * from "./metric-alarm";
export * from "./parameters";
export { type ModuleStack, useProviders, useRecordsProvider } from "./plain-stack";
export * from "./policy";
export * from "./policy-size";
export { type AccessLogProps, logAccess, type PrivateBucketProps, privateBucket, requireTls } from "./private-bucket";
export { showName, showPath, showReceived } from "./received";
export * from "./regional-key";
export * from "./regional-providers";
export * from "./regions";
export * from "./resource-name";
export { applyRoleSettings, iamRole, type RoleSettings, roleSettingsOf, setRoleSettings } from "./role-settings";
export { type DroppedCallsAlarmProps, droppedCallsAlarm, schedulerTrust } from "./scheduler";
export * from "./service-role";
export * from "./strict-object";
export { NameClashError } from "./unique-names";
export { ValueError } from "./value-error";
export {
  type ExplainedWildcard,
  ofThisKey,
  ofWhatItBelongsTo,
  PolicyError,
  readWildcards,
  type WildcardPlace,
  type WildcardReasons,
} from "./wildcards";
