import type { Construct } from "constructs";
import { ReplicatedTable } from "../modules/replicated-table";
import type { Deployment } from "./deployment";
import { EnvironmentStack } from "./environment-stack";
import type { KeysStack } from "./keys-stack";

/** What must never be lost: the tables, with their replicas in the standby regions. */
export class DataStack extends EnvironmentStack {
  readonly tables: ReadonlyMap<string, ReplicatedTable>;

  constructor(scope: Construct, deployment: Deployment, keys: KeysStack) {
    super(scope, "data", deployment, [deployment.homeRegion, ...deployment.tableReplicas]);
    this.tables = new Map(
      [...deployment.tables].map(([name, config]) => [
        name,
        new ReplicatedTable(this, name, {
          config,
          name: `${deployment.environment}-${name}`,
          home: deployment.homeRegion,
          replicas: deployment.tableReplicas,
          key: keys.data,
          alarms: deployment.alarms ? keys.alerts : undefined,
          contributorInsights: deployment.contributorInsights,
        }),
      ]),
    );
  }
}
