import type { Construct } from "constructs";
import { ReplicatedTable } from "../modules/replicated-table";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";

/** Data that must never be lost: the tables, with their replicas in the standby regions. */
export class DataStack extends CapableStack {
  readonly tables: ReadonlyMap<string, ReplicatedTable>;

  constructor(scope: Construct, keys: KeysStack) {
    const { environment, homeRegion, tableReplicas, unprotectedRegions, tables, config } = keys.deployment;
    super(scope, "data", keys, [homeRegion, ...tableReplicas]);
    this.tables = new Map(
      [...tables].map(([name, table]) => [
        name,
        new ReplicatedTable(this, name, {
          config: table,
          name: `${environment}-${name}`,
          home: homeRegion,
          replicas: tableReplicas,
          unprotected: unprotectedRegions,
          key: keys.data,
          alarms: this.alarmTarget,
        }),
      ]),
    );
    for (const table of config.tables) {
      const built = this.tables.get(table.name);
      if (built) this.offer("table", built, { config: table });
    }
    this.offerFunctionsAndRules();
  }
}
