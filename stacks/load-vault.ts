import type { Construct } from "constructs";
import { ConstructError, engine } from "../modules/core";

/**
 * The stack of an environment with Vault. @cdktf/provider-vault is optional, so it is only loaded if it is needed.
 * @throws ConstructError when it is not installed, or on an engine without it
 */
export function loadVault(scope: Construct): typeof import("./vault-stack") {
  if (engine.name === "cdktn") {
    throw new ConstructError(
      scope,
      "keyManagement names Vault, which this toolkit has on cdktf only",
      "use KMS, or build this project on cdktf with evenkeel and @cdktf/provider-vault",
    );
  }
  try {
    return require("./vault-stack") as typeof import("./vault-stack");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw error;
    throw new ConstructError(
      scope,
      "keyManagement names Vault, but its provider is not installed",
      "run npm install @cdktf/provider-vault",
    );
  }
}
