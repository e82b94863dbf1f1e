import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { activeRegion, environment, homeRegion, stage, standbyRegions } from "./parts";

const time = z.number().describe("Seconds until it works again.");
const point = z.number().describe("Seconds of data that may be lost.");

const path = z.strictObject({
  path: z.string().describe("What has to recover."),
  subject: z.string().nullable().describe("Which of them, where there are several; else null."),
  recoveryTimeSeconds: time,
  recoveryTimeCalculation: z.string().describe("How the time is made up."),
  recoveryPointSeconds: point,
  recoveryPointCalculation: z.string().describe("How the point is made up."),
});

const service = z.strictObject({
  name: z.string().describe("Name of the service."),
  paths: z.array(path).describe("What it needs to work again."),
  promised: z
    .strictObject({ recoveryTimeSeconds: time, recoveryPointSeconds: point })
    .nullable()
    .describe("Its objectives, as its file states them; null for none."),
});

/** The fields of a recovery report. */
export const recoveryFields = {
  environment,
  stage,
  homeRegion,
  activeRegion,
  standbyRegions,
  standbyServes: z
    .boolean()
    .describe("Whether standby regions serve at this stage; if not, the values are those from optimization on."),
  services: z.array(service).describe("Every service."),
};

/** A recovery report as text. */
export function recoveryText(data: DataOf<typeof recoveryFields>, screen: Screen): string {
  const rows = data.services.flatMap(({ name, paths, promised }) => [
    ...paths.map((row) => [
      name,
      row.subject === null ? row.path : `${row.path} ${row.subject}`,
      `${row.recoveryTimeSeconds} s`,
      row.recoveryTimeCalculation,
      `${row.recoveryPointSeconds} s`,
      row.recoveryPointCalculation,
    ]),
    promised
      ? [name, "promised", `${promised.recoveryTimeSeconds} s`, "", `${promised.recoveryPointSeconds} s`, ""]
      : [name, "promised", "nothing", "", "nothing", ""],
  ]);
  const { homeRegion: home, activeRegion: active } = data;
  const others = [home, ...data.standbyRegions].filter((region) => region !== active);
  const title = `Recovery of ${data.environment} in ${others.join(", ") || "none"}, after the loss of ${active}`;
  const writers = `${active} serves first. A database writes in ${home} until somebody switches it over, so its row is for the loss of ${home} too.`;
  const early = `At stage ${data.stage} no standby region serves yet; these are the values from optimization on.`;
  return [
    paragraphs(title, screen),
    ...(active !== home && data.services.some(({ paths }) => paths.some(({ path }) => path === "database"))
      ? [paragraphs(writers, screen)]
      : []),
    ...(data.standbyServes ? [] : [paragraphs(early, screen)]),
    renderTable({ columns, rows }, screen),
  ].join("\n");
}

const columns: readonly Column[] = [
  { title: "service", kind: "name", importance: "essential" },
  { title: "path", kind: "text", importance: "essential" },
  { title: "recovery time", kind: "number", importance: "essential" },
  { title: "calculation of the time", kind: "text", importance: "useful" },
  { title: "recovery point", kind: "number", importance: "essential" },
  { title: "calculation of the point", kind: "text", importance: "detail" },
];

/** What `recovery` prints: how soon each service works again after the loss of the home region. */
export const recoveryDocument = new DocumentType({
  verb: "recovery",
  version: 1,
  fields: recoveryFields,
  text: recoveryText,
});
