type Arguments = Readonly<Record<string, unknown>>;

/** A resource of `cdk.tf.json`. */
type Resource = Arguments & { readonly lifecycle?: { readonly ignore_changes?: unknown } };

/**
 * The arguments of a stack whose changes its resources ignore, with their values as configured, by address. Only what the owner
 * states counts: expressions, and what another resource carries on, are left out.
 * @param resources blocks of `cdk.tf.json` by type and name
 */
export function ignoredArguments(resources: Readonly<Record<string, Readonly<Record<string, Resource>>>>): Arguments {
  const found = Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, resource]): [string, Arguments][] => {
      const ignored = resource.lifecycle?.ignore_changes;
      if (!Array.isArray(ignored) || isCarriedOn(type, resource)) return [];
      const values = ignored
        .map((argument): [string, unknown] => [String(argument), resource[String(argument)]])
        .filter(([, value]) => value !== undefined && value !== null && !JSON.stringify(value).includes("${"));
      return values.length > 0 ? [[`${type}.${name}`, Object.fromEntries(values)]] : [];
    }),
  );
  return Object.fromEntries(found);
}

/** The record of an attribute's type fails the plan by itself, and the version of a cluster is that of its global one. */
function isCarriedOn(type: string, resource: Resource): boolean {
  return type === "terraform_data" || (type === "aws_rds_cluster" && resource.global_cluster_identifier !== undefined);
}
