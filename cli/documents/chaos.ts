import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment } from "./parts";

const experiment = z.strictObject({
  name: z.string().describe("Name of the experiment, with that of the environment; its template has it as tag `Name`."),
  region: z.string().describe("Its region."),
  action: z.string().describe("What AWS FIS calls the action."),
  minutes: z.number().nullable().describe("How long it lasts, in minutes; null where it is done at once."),
  touches: z
    .array(
      z.strictObject({
        address: z.string().describe("Its stack and Terraform address."),
        arn: z.string().nullable().describe("Its ARN; null where AWS gives the id."),
      }),
    )
    .describe("What it touches, and nothing else."),
  hypothesis: z
    .strictObject({
      holds: z.string().describe("What must hold."),
      seconds: z.number().describe("Within how many seconds."),
      objective: z.string().describe("The path of the recovery table that it is from."),
      calculation: z.string().describe("How the seconds are made up."),
      promisedSeconds: z.number().nullable().describe("What its services promise; null where they promise nothing."),
    })
    .nullable()
    .describe("What it is to show; null for a template of your own that says nothing."),
  stopAlarms: z.array(z.string()).describe("Names of the alarms that end it."),
  gameDays: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the game day."),
        schedule: z.string().describe("When it starts, as EventBridge Scheduler writes it."),
        timeZone: z.string().describe("Time zone of the schedule."),
      }),
    )
    .describe("The game days that start it."),
  lastRun: z
    .strictObject({
      at: z.string().describe("When it was started, in UTC."),
      status: z.string().describe("What became of it, in the words of FIS."),
      reason: z.string().nullable().describe("Why, in the words of FIS; null where it says nothing."),
    })
    .nullable()
    .describe("Its last run in the 120 days that FIS remembers; null for none, or where nobody could be asked."),
});

/** What `chaos` prints: the experiments of an environment. */
export const chaosDocument = new DocumentType({
  verb: "chaos",
  version: 1,
  fields: {
    environment,
    experiments: z.array(experiment).describe("Experiments, by name."),
    runsUnknown: z.string().nullable().describe("Why the last runs are not known; null where AWS was asked."),
  },
  text: ({ environment: name, experiments, runsUnknown }, screen) => {
    if (experiments.length === 0) {
      return paragraphs(
        `${name} has no experiments. They come with the stage optimization, where chaos.experiments of its file asks for them.`,
        screen,
      );
    }
    const rows = experiments.map((each) => [
      each.name,
      each.region,
      each.touches.map(({ address }) => address.split("/").at(-1) ?? address).join(", "),
      each.hypothesis ? `${each.hypothesis.holds} within ${each.hypothesis.seconds} s` : "-",
      each.stopAlarms.join(", "),
      each.gameDays.map((day) => `${day.name}: ${day.schedule} ${day.timeZone}`).join(", ") || "-",
      each.lastRun ? `${each.lastRun.at} ${each.lastRun.status}` : runsUnknown === null ? "never" : "?",
      each.minutes ?? "-",
    ]);
    return [
      renderTable({ columns, rows }, screen),
      ...(runsUnknown === null ? [] : ["", paragraphs(`When they last ran is not known. ${runsUnknown}`, screen)]),
    ].join("\n");
  },
});

const columns: readonly Column[] = [
  { title: "experiment", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "useful" },
  { title: "touches", kind: "text", importance: "useful" },
  { title: "hypothesis", kind: "text", importance: "essential" },
  { title: "stopped by", kind: "text", importance: "detail" },
  { title: "game day", kind: "text", importance: "useful" },
  { title: "last ran", kind: "text", importance: "essential" },
  { title: "minutes", kind: "number", importance: "detail" },
];
