import type { Construct } from "constructs";
import { RegionalService } from "../blueprints/regional-service";
import type { DataStack } from "./data-stack";
import type { Deployment } from "./deployment";
import { EnvironmentStack } from "./environment-stack";
import type { KeysStack } from "./keys-stack";

/** The services of one region: a state of its own, so that a region can be rolled out, or be down, without the others. */
export class ServicesStack extends EnvironmentStack {
  readonly services: ReadonlyMap<string, RegionalService>;

  constructor(
    scope: Construct,
    deployment: Deployment,
    readonly region: string,
    keys: KeysStack,
    data: DataStack,
  ) {
    super(scope, `services-${region}`, deployment, [region]);
    this.services = new Map(
      [...deployment.services].map(([name, config]) => [
        name,
        new RegionalService(this, name, {
          config,
          environment: deployment.environment,
          name,
          region,
          account: deployment.account,
          key: keys.operations,
          tables: data.tables,
          alarms: deployment.alarms ? keys.alerts : undefined,
          tracing: deployment.tracing,
          deadLetters: deployment.deadLetters,
          provisionedConcurrency: deployment.provisionedConcurrency,
          savedQueries: deployment.savedQueries,
          // The validation record of a domain is the same in every region: the home region owns it.
          ownsDomainValidation: region === deployment.homeRegion,
        }),
      ]),
    );
  }
}
