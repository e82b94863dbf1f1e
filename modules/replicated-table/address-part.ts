/**
 * The name of an attribute or index in kebab-case, for use in construct ids: `byCustomer_id` becomes `by-customer-id`.
 */
export function addressPart(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
