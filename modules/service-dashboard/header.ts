import { consoleHost, consoleUrl } from "../core";
import type { ServiceDashboardConfig } from "./config";
import { type DashboardSubject, inContainer, type ShownRegion } from "./service-region";

/** The Markdown of the first widget: title, links, and where the dashboard comes from. */
export function header(subject: DashboardSubject, { runbookUrl, links }: ServiceDashboardConfig): string {
  const { environment, service, regions } = subject;
  const further = [...(runbookUrl ? [{ title: "Runbook", url: runbookUrl }] : []), ...links];
  return [
    `# ${service} in ${environment}`,
    ...(further.length > 0 ? [further.map(({ title, url }) => `[${title}](${url})`).join(" | ")] : []),
    ...regions.map((of, index) => `**${of.region}** (${index === 0 ? "home" : "standby"}): ${consoleLinks(of)}`),
    `Saved queries: \`${environment}/${service}\` in Logs Insights. Made by Terraform: what is changed here by hand is lost.`,
  ].join("\n\n");
}

function consoleLinks(of: ShownRegion): string {
  const { region, tableNames = [] } = of;
  const home = (page: string, fragment: string) => `${consoleUrl(region, page)}#${fragment}`;
  return [
    ...(inContainer(of)
      ? [
          `[tasks](https://${consoleHost(region)}/ecs/v2/clusters/${of.serviceName}/services/${of.serviceName}?region=${region})`,
        ]
      : [`[function](${home("lambda", `/functions/${of.functionName}`)})`]),
    ...(!inContainer(of) && of.apiId
      ? [`[API](https://${consoleHost(region)}/apigateway/main/api-detail?api=${of.apiId}&region=${region})`]
      : []),
    ...tableNames.map(
      (name) => `[${name}](https://${consoleHost(region)}/dynamodbv2/home?region=${region}#table?name=${name})`,
    ),
    `[traces](${home("cloudwatch", "xray:traces/query")})`,
  ].join(" | ");
}
