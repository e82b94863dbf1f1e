import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, consoleUrl, deploymentStackOf, parseConfig, resourceName } from "../core";
import { type ServiceDashboardInput, serviceDashboardConfig } from "./config";
import { dashboardBody } from "./dashboard-body";
import { oversize } from "./dashboard-limits";
import { inContainer, type ShownRegion } from "./service-region";

export interface ServiceDashboardProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config?: ServiceDashboardInput;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service in the environment. The dashboard is named `<environment>-<service>`. */
  readonly service: string;
  /** All regions that run the service, home first. */
  readonly regions: readonly ShownRegion[];
}

/**
 * A CloudWatch dashboard for a service, with all of its regions side by side. Dashboards are global: the provider of
 * the home region creates it, and each widget specifies its region.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_crossregion_dashboard.html
 */
export class ServiceDashboard extends Construct {
  readonly dashboardName: string;
  /** Console URL of the dashboard. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    const config = parseConfig(serviceDashboardConfig, props.config ?? {}, this.node.path);
    const home = this.homeOf(props.regions);
    const name = resourceName(this, [props.environment, props.service], 255);
    if (!/^[\w-]+$/.test(name)) {
      throw new ConstructError(
        this,
        `"${name}" is not a valid dashboard name`,
        "use letters, digits, hyphens and underscores",
      );
    }
    const body = dashboardBody(props, config);
    const problem = oversize(body);
    if (problem) throw new ConstructError(this, problem, "pass fewer regions or alarms");

    new CloudwatchDashboard(this, "dashboard", {
      provider: deploymentStackOf(this).providers.in(home),
      dashboardName: name,
      dashboardBody: JSON.stringify(body),
    });
    this.dashboardName = name;
    this.url = `${consoleUrl(home, "cloudwatch")}#dashboards/dashboard/${name}`;
  }

  private homeOf(regions: readonly ShownRegion[]): string {
    const [home] = regions;
    if (!home) throw new ConstructError(this, "has no region to show", "pass the regions that run the service");
    const names = regions.map(({ region }) => region);
    const repeated = names.find((region, index) => names.indexOf(region) < index);
    if (repeated) throw new ConstructError(this, `region "${repeated}" is listed twice`, "list each region once");
    if (new Set(regions.map(inContainer)).size > 1) {
      throw new ConstructError(this, "shows functions and containers", "make a dashboard for each");
    }
    for (const of of regions) {
      const { region, alarmArns } = of;
      const limit = inContainer(of) ? "mostTasks" : "reservedConcurrency";
      if (Token.isUnresolved(inContainer(of) ? of.mostTasks : of.reservedConcurrency)) {
        throw new ConstructError(
          this,
          `the ${limit} in "${region}" is a token, which cannot be rendered in text`,
          "pass the number from the config",
        );
      }
      if (Token.isUnresolved(alarmArns)) {
        throw new ConstructError(
          this,
          `the alarmArns in "${region}" are a single token, which cannot be counted`,
          "pass an array with the ARN of each alarm",
        );
      }
    }
    return home.region;
  }
}
