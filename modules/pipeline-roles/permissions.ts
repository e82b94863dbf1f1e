import { cloudFormationTypes, type KnownResourceType } from "../../values/availability/resource-types";

/** What IAM knows of an action. */
export interface KnownAction {
  /** `lambda:CreateFunction`. */
  readonly action: string;
  readonly service: string;
  /** The part after the colon. */
  readonly name: string;
  readonly reads: boolean;
  readonly tags: boolean;
  /** The types of resources that it takes, `function`. */
  readonly types: readonly string[];
  /** Those of them that are created with the tags of the request. */
  readonly created: readonly string[];
  /** Whether the request's tags can be a condition, whichever resource it is. */
  readonly takesTags: boolean;
}

export type Verb = "create" | "read" | "update" | "delete";

/** Loaded when it is looked at: most environments have no role of a pipeline. */
const permissionData = (): Readonly<Record<"types" | "actions", Readonly<Record<string, string>>>> =>
  (require("./permissions-data") as typeof import("./permissions-data")).permissionData;

/** The resource types of Terraform that there are permissions for. */
export const typesWithPermissions = Object.keys(cloudFormationTypes) as readonly KnownResourceType[];

/** The actions that a resource type of Terraform needs. @param verbs all of them if left out */
export function actionsOf(type: KnownResourceType, verbs: readonly Verb[] = ["create", "read", "update", "delete"]) {
  const cfn = cloudFormationTypes[type];
  const { types } = permissionData();
  const wanted = verbs.includes("read") ? [...verbs, "list"] : verbs;
  return [...new Set(wanted.flatMap((verb) => types[`${cfn} ${verb}`]?.split(" ") ?? []))].sort().map(knownAction);
}

/** What IAM knows of an action. */
export function knownAction(action: string): KnownAction {
  const [service = "", name = ""] = action.split(":");
  const [level = "", ...rest] = (permissionData().actions[action] ?? "").split(" ");
  const named = rest.filter((type) => type !== "+");
  return {
    action,
    service,
    name,
    reads: level === "Read" || level === "List",
    tags: level === "Tagging",
    types: named.map((type) => type.replace(/\+$/, "")),
    created: named.filter((type) => type.endsWith("+")).map((type) => type.slice(0, -1)),
    takesTags: rest.includes("+"),
  };
}
