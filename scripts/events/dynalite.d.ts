declare module "dynalite" {
  import type { Server } from "node:http";

  /** An in-memory DynamoDB; `createTableMs` is how long a new table stays CREATING. */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
