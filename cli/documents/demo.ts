import { z } from "zod";
import { type Column, colours, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { outputs, outputTable } from "./outputs";
import { counts, environment, stackName, stage } from "./parts";
import { recoveryFields, recoveryText } from "./recovery";

const demoStage = z.strictObject({
  stage,
  brings: z.array(z.string()).describe("Capabilities that come with it."),
  changes: z
    .array(
      z.strictObject({ stack: stackName, region: z.string().describe("Region; `-` for what is in none."), ...counts }),
    )
    .describe("What was done to each stack and region."),
});

const fields = {
  environment,
  seconds: z.int().describe("How long it took."),
  stages: z.array(demoStage).describe("The deployment at the first stage, and each promotion."),
  placement: z
    .array(
      z.strictObject({
        service: z.string().describe("AWS service."),
        regions: z.record(z.string(), z.int()).describe("How many resources it has, by region; `-` for none."),
      }),
    )
    .describe("How many resources each AWS service has in each region."),
  recovery: z.strictObject(recoveryFields).describe("What `recovery` prints of it."),
  outputs,
  next: z
    .array(
      z.strictObject({
        command: z.string().describe("A command, or a file."),
        does: z.string().describe("What it does, or what to do with it."),
      }),
    )
    .describe("What to try next."),
};

type Data = DataOf<typeof fields>;
type DemoStage = z.output<typeof demoStage>;

const outcomes = ["added", "changed", "replaced", "destroyed"] as const;

/** What one deployment of the demo did, counted by stack and region. */
export function demoStageText({ stage: name, brings, changes }: DemoStage, screen: Screen): string {
  const text = colours.dim(paragraphs(`  ${name} brings: ${brings.join(", ")}`, screen));
  if (changes.length === 0) return `${text}\n  nothing to do: everything is up to date\n`;
  const sum = (outcome: (typeof outcomes)[number]) => changes.reduce((total, row) => total + row[outcome], 0);
  const columns: readonly Column[] = [
    { title: "stack", kind: "name", importance: "essential" },
    { title: "region", kind: "name", importance: "essential" },
    ...outcomes.map(
      (title) => ({ title, kind: "number", importance: title === "changed" ? "detail" : "essential" }) as const,
    ),
  ];
  const rows = changes.map((row) => [row.stack, row.region, ...outcomes.map((outcome) => row[outcome])]);
  return `${text}\n${renderTable({ columns, rows, total: ["total", "", ...outcomes.map(sum)] }, screen)}\n`;
}

/** What the demo says when all stages are done. */
export const demoEndText = (data: Data, screen: Screen): string =>
  [
    colours.bold("What runs where"),
    placementTable(data.placement, screen),
    "",
    colours.bold("How soon it works again when a region is lost"),
    recoveryText(data.recovery, screen),
    "",
    colours.bold("Outputs"),
    outputTable(data.outputs, screen),
    "",
    `Done in ${data.seconds} s. Nothing was created in AWS.`,
    "",
    colours.bold("Try next"),
    ...data.next.flatMap(({ command, does }) => [paragraphs(`  ${does}:`, screen), `    ${command}`]),
  ].join("\n");

function placementTable(placement: Data["placement"], screen: Screen): string {
  const regions = [...new Set(placement.flatMap((row) => Object.keys(row.regions)))].sort();
  const columns: readonly Column[] = [
    { title: "service", kind: "text", importance: "essential" },
    ...regions.map((title) => ({ title, kind: "number", importance: "essential" }) as const),
  ];
  const rows = placement.map((row) => [row.service, ...regions.map((region) => row.regions[region] ?? "-")]);
  return renderTable({ columns, rows }, screen);
}

/** What `demo` prints: what a deployment and each promotion did, and what stands then. */
export const demoDocument = new DocumentType({
  verb: "demo",
  version: 1,
  fields,
  text: (data, screen) =>
    [...data.stages.map((each) => demoStageText(each, screen)), demoEndText(data, screen)].join("\n"),
});
