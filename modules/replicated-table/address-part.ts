/** The name of an attribute or index in kebab-case, as part of a construct id: `byCustomer_id` gives `by-customer-id`. */
export function addressPart(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
