import protobuf from "protobufjs";

/**
 * The part of Terraform's plugin protocol 5 that is decoded here; every other message is passed on as bytes.
 * @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
const definitions = `
syntax = "proto3";
message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message Identity { DynamicValue identity_data = 1; }
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; }
message ConfigureResponse { repeated Diagnostic diagnostics = 1; }
message Attribute {
  string name = 1; bytes type = 2; bool required = 4; bool optional = 5; bool computed = 6; bool write_only = 10;
}
message NestedBlock { string type_name = 1; Block block = 2; int32 nesting = 3; int32 min_items = 4; }
message Block { repeated Attribute attributes = 2; repeated NestedBlock block_types = 3; }
message Schema { int32 version = 1; Block block = 2; }
message ConfigureRequest { string terraform_version = 1; DynamicValue config = 2; }
message TypeNameRequest { string type_name = 1; }
message ReadRequest { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; Identity current_identity = 6; }
message ReadResponse { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; Identity new_identity = 5; }
message PlanRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4;
  bytes prior_private = 5;
}
message PlanResponse { DynamicValue planned_state = 1; bytes planned_private = 3; repeated Diagnostic diagnostics = 4; }
message ApplyRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4;
  bytes planned_private = 5; Identity planned_identity = 7;
}
message ApplyResponse {
  DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; bool legacy_type_system = 4;
  Identity new_identity = 5;
}
message RawState { bytes json = 1; }
message UpgradeRequest { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message UpgradeResponse { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message ImportRequest { string type_name = 1; string id = 2; }
message ImportedResource { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
message ImportResponse { repeated ImportedResource imported_resources = 1; repeated Diagnostic diagnostics = 2; }
message DataRequest { string type_name = 1; DynamicValue config = 2; }
message DataResponse { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
message OpenRequest { string type_name = 1; DynamicValue config = 2; }
message OpenResponse { repeated Diagnostic diagnostics = 1; DynamicValue result = 3; }
`;

/** A value on the wire: MessagePack from Terraform, or JSON from a state file. */
export interface DynamicValue {
  msgpack?: Uint8Array;
  json?: Uint8Array;
}

/** severity 1 is an error, 2 a warning. */
export interface Diagnostic {
  severity: number;
  summary: string;
  detail: string;
}

export interface WireAttribute {
  name: string;
  /** cty's JSON form of the type, e.g. `["list","string"]`. */
  type: Uint8Array;
  required: boolean;
  optional: boolean;
  computed: boolean;
  write_only: boolean;
}

export interface WireBlock {
  attributes: WireAttribute[];
  block_types: { type_name: string; block: WireBlock; nesting: number; min_items: number }[];
}

interface Codec<T> {
  encode(value: Partial<T>): Buffer;
  decode(bytes: Uint8Array): T;
}

const root = protobuf.parse(definitions, { keepCase: true }).root;

function codec<T>(name: string): Codec<T> {
  const type = root.lookupType(name);
  return {
    encode: (value) => Buffer.from(type.encode(type.fromObject(value)).finish()),
    // Absent sub-messages read as null, as protobuf's prototype defaults; callers treat null and undefined alike.
    decode: (bytes) => type.decode(bytes) as unknown as T,
  };
}

export const schemaMessage = codec<{ version: number; block: WireBlock }>("Schema");
export const configureRequest = codec<{ terraform_version: string; config: DynamicValue }>("ConfigureRequest");
/** Reads only the type name, the first field of every call about one resource or data source. */
export const typeNameRequest = codec<{ type_name: string }>("TypeNameRequest");
export const readRequest = codec<{
  type_name: string;
  current_state: DynamicValue;
  private: Uint8Array;
  current_identity: unknown;
}>("ReadRequest");
export const readResponse = codec<{
  new_state: DynamicValue;
  private: Uint8Array;
  diagnostics: Diagnostic[];
  new_identity: unknown;
}>("ReadResponse");
export const planRequest = codec<{
  type_name: string;
  prior_state: DynamicValue;
  proposed_new_state: DynamicValue;
  config: DynamicValue;
  prior_private: Uint8Array;
}>("PlanRequest");
export const planResponse = codec<{
  planned_state: DynamicValue;
  planned_private: Uint8Array;
  diagnostics: Diagnostic[];
}>("PlanResponse");
export const applyRequest = codec<{
  type_name: string;
  prior_state: DynamicValue;
  planned_state: DynamicValue;
  config: DynamicValue;
  planned_private: Uint8Array;
  planned_identity: unknown;
}>("ApplyRequest");
export const applyResponse = codec<{
  new_state: DynamicValue;
  private: Uint8Array;
  diagnostics: Diagnostic[];
  legacy_type_system: boolean;
  new_identity: unknown;
}>("ApplyResponse");
export const upgradeRequest = codec<{ type_name: string; version: number; raw_state: { json: Uint8Array } }>(
  "UpgradeRequest",
);
export const upgradeResponse = codec<{ upgraded_state: DynamicValue; diagnostics: Diagnostic[] }>("UpgradeResponse");
export const importRequest = codec<{ type_name: string; id: string }>("ImportRequest");
export const importResponse = codec<{
  imported_resources: { type_name: string; state: DynamicValue }[];
  diagnostics: Diagnostic[];
}>("ImportResponse");
export const dataRequest = codec<{ type_name: string; config: DynamicValue }>("DataRequest");
export const dataResponse = codec<{ state: DynamicValue; diagnostics: Diagnostic[] }>("DataResponse");
export const openRequest = codec<{ type_name: string; config: DynamicValue }>("OpenRequest");
export const openResponse = codec<{ diagnostics: Diagnostic[]; result: DynamicValue }>("OpenResponse");
export const configureResponse = codec<{ diagnostics: Diagnostic[] }>("ConfigureResponse");

/** An error as Terraform prints it. */
export function errorDiagnostic(summary: string, detail: string): Diagnostic {
  return { severity: 1, summary, detail };
}
