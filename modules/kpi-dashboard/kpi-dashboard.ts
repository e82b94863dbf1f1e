import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { ConstructError, consoleUrl, deploymentStackOf, parseConfig, resourceName } from "../core";
import { type KpiDashboardInput, kpiDashboardConfig } from "./config";
import { dashboardBody, type KpiSubject } from "./dashboard-body";

export interface KpiDashboardProps extends KpiSubject {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config?: KpiDashboardInput;
}

/** The most widgets of a dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const mostServices = 60;

/**
 * One dashboard of an environment for those who answer for it: availability, error budget, failures, recovery, cost and cold starts of each
 * service, over all of its regions.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export class KpiDashboard extends Construct {
  readonly dashboardName: string;
  /** Console URL of the dashboard. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: KpiDashboardProps) {
    super(scope, id);
    const config = parseConfig(kpiDashboardConfig, props.config ?? {}, this.node.path);
    const { environment, homeRegion, services } = props;
    if (services.length === 0) throw new ConstructError(this, "has no service to show", "pass at least one");
    if (services.length > mostServices) {
      throw new ConstructError(
        this,
        `shows ${services.length} services, but CloudWatch takes 500 widgets, which are enough for ${mostServices}`,
        "make several dashboards",
      );
    }
    this.dashboardName = resourceName(this, [environment, "kpis"], 255);
    new CloudwatchDashboard(this, "dashboard", {
      provider: deploymentStackOf(this).providers.in(homeRegion),
      dashboardName: this.dashboardName,
      dashboardBody: JSON.stringify(dashboardBody(props, config)),
    });
    this.url = `${consoleUrl(homeRegion, "cloudwatch")}#dashboards/dashboard/${this.dashboardName}`;
  }
}
