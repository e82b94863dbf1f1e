import pc from "picocolors";
import { countOutcomes, type OutcomeCounts, type ResourceOutcome } from "../../terraform";
import { plainTable } from "../plain-table";

/** The outcomes that the demo counts; it never drops anything from a state. */
const columns = ["added", "changed", "replaced", "destroyed"] as const;

/** One resource of one stack, and what a deployment did to it. */
export interface ResourceAction extends ResourceOutcome {
  readonly stack: string;
}

/** What one deployment did, counted per stack and region. */
export function actionsTable(actions: readonly ResourceAction[], regionOf: (action: ResourceAction) => string): string {
  const rowsOf = new Map<string, ResourceAction[]>();
  for (const action of actions) {
    const row = `${action.stack}\t${regionOf(action)}`;
    rowsOf.set(row, [...(rowsOf.get(row) ?? []), action]);
  }
  if (actions.length === 0) return "  nothing to do: everything is up to date";
  const numbers = (counts: OutcomeCounts) => columns.map((column) => String(counts[column]));
  const rows = [...rowsOf].map(([row, inRow]) => [...row.split("\t"), ...numbers(countOutcomes(inRow))]);
  const total = numbers(countOutcomes(actions));
  return plainTable(["stack", "region", ...columns], [...rows, ["total", "", ...total].map((text) => pc.bold(text))]);
}

/** How many resources of each AWS service are in each region. */
export function placementTable(regions: ReadonlyMap<string, string>): string {
  const names = [...new Set(regions.values())].sort();
  const services = new Map<string, Map<string, number>>();
  for (const [key, region] of regions) {
    const service = serviceOf(key.split(" ")[1] ?? "");
    const row = services.get(service) ?? new Map<string, number>();
    services.set(service, row.set(region, (row.get(region) ?? 0) + 1));
  }
  const rows = [...services]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([service, row]) => [service, ...names.map((name) => String(row.get(name) ?? "-"))]);
  return plainTable(["service", ...names], rows);
}

const serviceNames: readonly (readonly [prefix: string, service: string])[] = [
  ["aws_apigatewayv2", "API Gateway"],
  ["aws_appautoscaling", "Application Auto Scaling"],
  ["aws_budgets", "Budgets"],
  ["aws_cloudwatch_event", "EventBridge"],
  ["aws_cloudwatch_log", "CloudWatch Logs"],
  ["aws_cloudwatch_query", "CloudWatch Logs"],
  ["aws_cloudwatch", "CloudWatch"],
  ["aws_dynamodb", "DynamoDB"],
  ["aws_iam", "IAM (global)"],
  ["aws_kms", "KMS"],
  ["aws_lambda", "Lambda"],
  ["aws_route53", "Route 53 (global)"],
  ["aws_sns", "SNS"],
  ["aws_sqs", "SQS"],
  ["terraform_data", "(guards in Terraform)"],
];

function serviceOf(address: string): string {
  const type = address.split(".")[0] ?? "";
  return serviceNames.find(([prefix]) => type.startsWith(prefix))?.[1] ?? type.split("_")[1] ?? type;
}
