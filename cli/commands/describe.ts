import { App, TerraformResource } from "cdktf";
import { type CostItem, type Deployment, type EnvironmentDefinition, stages } from "../../config";
import { assumptionsOf } from "../../config/assumptions";
import { buildStacks } from "../../stacks";
import { plainTable } from "../plain-table";
import project from "../project";

/** Prints what an environment consists of at its stage, and what the later stages will bring. @returns the exit code */
export function describe(name: string): number {
  process.stdout.write(`${description(project.find(name))}\n`);
  return 0;
}

/** What `describe` prints of an environment. @throws ConfigError when it has mistakes */
export function description(environment: EnvironmentDefinition): string {
  const { input, toolkit } = environment;
  const deployment = environment.resolve();
  const { stages: table } = toolkit;
  const enabled = table.enabled(input.stage, input.exceptions);
  const exceptions: Readonly<Record<string, { reason: string } | undefined>> = input.exceptions ?? {};
  const notes = assumptionsOf(environment, deployment.config, new Date());
  const costs = deployment.capabilities.flatMap(({ costs }) => costs?.(deployment.config) ?? []);
  return [
    `${input.name}: ${input.description}`,
    `Stage ${input.stage}, account ${input.account}, home region ${input.regions.home}, standby ${input.regions.standby?.join(", ") || "none"}`,
    "",
    plainTable(["stack", "regions", "resources", "most of them"], stackRows(deployment)),
    "",
    plainTable(
      ["capability", "since", "here", "brings"],
      table.names.map((name) => [
        name,
        table.since(name),
        here(enabled.has(name), exceptions[name]?.reason),
        table.get(name).brings,
      ]),
    ),
    ...(costs.length > 0 ? ["", costTable(costs)] : []),
    ...(notes.length > 0 ? ["", "To know:", ...notes.map((note) => `  ${note}`), ""] : []),
    `Stages: ${stages.map((stage) => (stage === input.stage ? `[${stage}]` : stage)).join(" -> ")}`,
  ].join("\n");
}

/** The costs that capabilities report. */
function costTable(costs: readonly CostItem[]): string {
  return plainTable(
    ["costs", "region", "USD a month", "calculation"],
    costs.map(({ what, region, monthlyUsd, made }) => [what, region ?? "-", monthlyUsd.toFixed(2), made]),
  );
}

function here(enabled: boolean, reason?: string): string {
  const text = enabled ? "yes" : "no";
  return reason ? `${text}: ${reason}` : text;
}

/** The stacks as they would be synthesized; nothing is written. */
function stackRows(deployment: Deployment): string[][] {
  return buildStacks(new App({ stackTraces: false }), deployment).map((stack) => {
    const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    return [stack.node.id, stack.providers.regions.join(", "), String(resources.length), holds(resources)];
  });
}

/** The most frequent resource types. */
function holds(resources: readonly { readonly terraformResourceType: string }[]): string {
  const counts = new Map<string, number>();
  for (const { terraformResourceType: type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const ordered = [...counts].sort(([, left], [, right]) => right - left);
  const shown = ordered.slice(0, 4).map(([type, count]) => `${type.replace(/^aws_/, "")} (${count})`);
  return [...shown, ...(ordered.length > 4 ? ["..."] : [])].join(", ");
}
