export { isReference } from "./forms";
export { type Identity, identitiesOf, identityOf, isKnownType } from "./identity";
export { importFormOf, importIdOf, importPageOf } from "./import-ids";
export { accountOfProvider, type Place, uniqueKey } from "./place";
export type { StackConfiguration } from "./references";
export type { Scope, Values } from "./rule";
export { type Clash, clashesOf, type Owner } from "./synthesized";
