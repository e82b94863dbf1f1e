import { z } from "zod";
import { stages } from "../../contract/stages";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";
import { activeRegion, environment, homeRegion, notes, stackName, stage, standbyRegions } from "./parts";

const stack = z.strictObject({
  name: stackName,
  regions: z.array(z.string()).describe("Regions that it has resources in."),
  resources: z.int().describe("How many resources it has."),
  types: z
    .array(
      z.strictObject({
        type: z.string().describe("Terraform's type."),
        count: z.int().describe("How many resources of it."),
      }),
    )
    .describe("Its types of resources, the most frequent first."),
});

const capability = z.strictObject({
  name: z.string().describe("As `exceptions` of an environment name it."),
  since: stage.describe("The stage that brings it."),
  enabled: z.boolean().describe("Whether the environment has it."),
  reason: z.string().nullable().describe("Why it is an exception from its stage; null where it is none."),
  brings: z.string().describe("What it is."),
});

const migrations = z.strictObject({
  database: z.string().describe("Name of the database within the environment."),
  folder: z.string().describe("Folder of its migrations, relative to the project."),
  count: z.int().describe("How many files there are."),
  last: z.string().nullable().describe("Name of the last one; null where there is none."),
});

/** What `describe` prints: what an environment consists of, and what each stage brings. */
export const describeDocument = new DocumentType({
  verb: "describe",
  version: 2,
  fields: {
    environment,
    description: z.string().describe("What it is for, as its file says."),
    stage,
    account: z.string().describe("AWS account."),
    homeRegion,
    activeRegion,
    standbyRegions,
    stacks: z.array(stack).describe("Its stacks, in the order of deployment."),
    capabilities: z.array(capability).describe("Every capability, in the order of the stages."),
    migrations: z.array(migrations).describe("The databases whose schemas the deployment migrates."),
    notes,
  },
  text: (data, screen) =>
    [
      paragraphs(`${data.environment}: ${data.description}`, screen),
      paragraphs(
        `Stage ${data.stage}, account ${data.account}, home region ${data.homeRegion}, standby ${data.standbyRegions.join(", ") || "none"}${data.activeRegion === data.homeRegion ? "" : `, ${data.activeRegion} serves first`}`,
        screen,
      ),
      "",
      stackTable(data.stacks, screen),
      "",
      capabilityTable(data.capabilities, screen),
      ...(data.migrations.length > 0
        ? ["", ...data.migrations.map((each) => paragraphs(migrated(each), screen)), ""]
        : []),
      ...(data.notes.length > 0
        ? ["", "To know:", ...data.notes.map((note) => paragraphs(`  ${note}`, screen)), ""]
        : []),
      `Stages: ${stages.map((each) => (each === data.stage ? `[${each}]` : each)).join(" -> ")}`,
    ].join("\n"),
});

const migrated = ({ database, folder, count, last }: z.output<typeof migrations>): string =>
  `Database ${database}: ${count} ${count === 1 ? "migration" : "migrations"} in ${folder}${last === null ? "" : `, the last one ${last}`}.`;

const stackColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "regions", kind: "text", importance: "essential" },
  { title: "resources", kind: "number", importance: "useful" },
  { title: "most of them", kind: "text", importance: "detail" },
];

function stackTable(stacks: readonly z.output<typeof stack>[], screen: Screen): string {
  const rows = stacks.map(({ name, regions, resources, types }) => {
    const most = types.slice(0, 4).map(({ type, count }) => `${type.replace(/^aws_/, "")} (${count})`);
    return [name, regions.join(", "), resources, [...most, ...(types.length > 4 ? ["..."] : [])].join(", ")];
  });
  return renderTable({ columns: stackColumns, rows }, screen);
}

const capabilityColumns: readonly Column[] = [
  { title: "capability", kind: "name", importance: "essential" },
  { title: "since", kind: "name", importance: "useful" },
  { title: "here", kind: "text", importance: "essential" },
  { title: "brings", kind: "text", importance: "useful" },
];

function capabilityTable(capabilities: readonly z.output<typeof capability>[], screen: Screen): string {
  const rows = capabilities.map(({ name, since, enabled, reason, brings }) => {
    const here = enabled ? "yes" : "no";
    return [name, since, reason ? `${here}: ${reason}` : here, brings];
  });
  return renderTable({ columns: capabilityColumns, rows }, screen);
}
