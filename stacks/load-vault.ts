import type { Construct } from "constructs";
import { ConstructError } from "../modules/core";

/**
 * What an environment with Vault is built of; @cdktf/provider-vault is optional, so it is loaded by those only who use it.
 * @throws ConstructError when it is not installed
 */
export function loadVault(scope: Construct): typeof import("./vault-stack") {
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
