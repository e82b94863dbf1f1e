import type { AuroraEngine } from "../../values/availability";
import type { DatabaseCapacity } from "./capacity";
import { engineOf } from "./engines";

/** The default max_connections of one instance, of Aurora PostgreSQL if no engine is named. */
export const maxConnections = (capacity: DatabaseCapacity, engine: AuroraEngine = "aurora-postgresql"): number =>
  engineOf(engine).maxConnections(capacity);
