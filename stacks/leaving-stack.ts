import type { Construct } from "constructs";
import type { Deployment } from "../contract";
import { EnvironmentStack } from "./environment-stack";

/** A stack in which nothing is built any more: with its state and providers, so that Terraform destroys what the state has. */
export class LeavingStack extends EnvironmentStack {
  constructor(scope: Construct, name: string, deployment: Deployment) {
    const { home, standby } = deployment.config.regions;
    super(scope, name, deployment, [home, ...standby]);
  }
}
