import { App, TerraformResource } from "cdktf";
import { findEnvironment } from "../../environments/load";
import { type Capability, capabilities, capabilitiesOf, capabilityNames, stages } from "../../environments/stages";
import { buildStacks, type Deployment } from "../../stacks";
import { plainTable } from "../plain-table";

/** Prints what an environment consists of at its stage, and what the later stages will bring. @returns the exit code */
export function describe(name: string): number {
  const { input, resolve } = findEnvironment(name);
  const deployment = resolve();
  const enabled = capabilitiesOf(input.stage, input.exceptions);
  process.stdout.write(
    [
      `${input.name}: ${input.description}`,
      `Stage ${input.stage}, account ${input.account}, home region ${input.regions.home}, standby ${input.regions.standby?.join(", ") || "none"}`,
      "",
      plainTable(["stack", "regions", "resources", "most of them"], stackRows(deployment)),
      "",
      plainTable(
        ["capability", "since", "here", "brings"],
        capabilityNames.map((capability) => [
          capability,
          capabilities[capability].since,
          here(capability, enabled, input.exceptions?.[capability]?.reason),
          capabilities[capability].brings,
        ]),
      ),
      `Stages: ${stages.map((stage) => (stage === input.stage ? `[${stage}]` : stage)).join(" -> ")}`,
      "",
    ].join("\n"),
  );
  return 0;
}

function here(capability: Capability, enabled: ReadonlySet<Capability>, reason?: string): string {
  const text = enabled.has(capability) ? "yes" : "no";
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
