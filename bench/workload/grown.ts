import { defineEnvironment } from "evenkeel";
import environment from "./environment";

const { tables = [], services = [], ...rest } = environment.input;

/** The same with a table more, which a service reads: of what its stack puts out, only the apply says some. */
export default defineEnvironment({
  ...rest,
  tables: [...tables, { name: "returns", partitionKey: "pk", attributes: { pk: "S" } }],
  services: services.map((service) =>
    service.name === "storefront"
      ? { ...service, tables: { ...service.tables, returns: { access: "read", variable: "RETURNS_TABLE" } } }
      : service,
  ),
});
