import { readdirSync } from "node:fs";
import { dirname } from "node:path";

/** The toolkit's own functions, each by its folder below `handlers`: `warmer`, `schema-migration/mysql`. */
export const toolkitHandlers = readdirSync("handlers", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|[\\/])handler\.ts$/.test(file))
  .map((file) => dirname(file).replaceAll("\\", "/"))
  .sort();
