import { readFileSync } from "node:fs";

/**
 * The parts of a state file (version 4) that are read here. Terraform calls the format internal: for the outputs of a
 * stack, ask Terraform itself (`StackReport.outputs`, `terraform output -json`).
 */
export interface State {
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly resources: readonly StateResource[];
}

export interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** `provider["registry.terraform.io/hashicorp/aws"].eu-west-1`: its source, and its alias unless it is the default. */
  readonly provider: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** Reads a local state file. */
export function readState(file: string): State {
  return JSON.parse(readFileSync(file, "utf8")) as State;
}

/** What Terraform manages, by address, without data sources. */
export function managedResources({ resources }: State): Map<string, StateResource> {
  const managed = resources.filter(({ mode }) => mode === "managed");
  return new Map(managed.map((resource) => [`${resource.type}.${resource.name}`, resource]));
}
