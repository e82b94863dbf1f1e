import type { EndpointService } from "../../modules/database-network";
import type { RegionalContainerConfig } from "./config";

/** AWS services that a container calls, as far as its configuration shows: a network without a way to the internet has an endpoint of each. */
export function callsOf({
  container,
  encryption,
  settings,
  publishes,
  sends,
}: RegionalContainerConfig): readonly EndpointService[] {
  const secrets = Object.values(container.secrets);
  const uses = (list: object | undefined): boolean => Object.keys(list ?? {}).length > 0;
  return [
    ...(secrets.some(({ from }) => from === "secretsmanager") ? (["secretsmanager"] as const) : []),
    ...(secrets.some(({ from }) => from === "ssm") || uses(settings) ? (["ssm"] as const) : []),
    ...(encryption ? (["kms"] as const) : []),
    ...(uses(publishes) ? (["events"] as const) : []),
    ...(uses(sends) ? (["sqs"] as const) : []),
    ...(container.exec ? (["ssmmessages"] as const) : []),
  ];
}
