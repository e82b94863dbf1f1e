import { literalOf, type Resource } from "../../topology";

/** Arguments that hold the name that a resource has in AWS, in the order in which they are looked at. */
const naming = [
  "name",
  "function_name",
  "alarm_name",
  "dashboard_name",
  "policy_name",
  "bucket",
  "cluster_identifier",
  "global_cluster_identifier",
  "identifier",
  "db_proxy_endpoint_name",
  "domain_name",
  "route_key",
  "aliases",
] as const;

/** Arguments that name the resource whose name a resource shares. */
const shared = ["global_table_arn"] as const;

/**
 * The name of a resource in AWS, as far as the configuration states it.
 * @returns undefined where AWS or Terraform makes the name, or where it is that of another resource
 */
export function physicalName(resource: Resource): string | undefined {
  const { body, references } = resource;
  for (const argument of naming) {
    const value = body[argument];
    const name = literalOf(Array.isArray(value) ? value[0] : value);
    if (name !== undefined) return name;
  }
  const namesake = references.find(({ path: [argument] }) => shared.some((each) => each === argument));
  if (namesake) return physicalName(namesake.target);
  return literalOf((body.tags as { readonly Name?: unknown } | undefined)?.Name);
}
