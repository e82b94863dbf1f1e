import type { AuroraEngine } from "../../../values/availability";
import { auroraMysql } from "./aurora-mysql";
import { auroraPostgresql } from "./aurora-postgresql";
import type { DatabaseEngine } from "./engine";

export type { ClusterParameter, DatabaseEngine } from "./engine";

const engines: Readonly<Record<AuroraEngine, DatabaseEngine>> = {
  "aurora-postgresql": auroraPostgresql,
  "aurora-mysql": auroraMysql,
};

/** What the toolkit knows of an engine. */
export const engineOf = (name: AuroraEngine): DatabaseEngine => engines[name];

/** The port of a database: its own, or that of its engine. */
export const portOf = ({ engine, port }: { readonly engine: AuroraEngine; readonly port?: number }): number =>
  port ?? engines[engine].port;
