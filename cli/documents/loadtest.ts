import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { scenarioNames } from "../loadtest/plans";
import { environment, files, next, notes, stage } from "./parts";

const scenario = z.enum(scenarioNames).describe("What the test is about.");
const service = z.string().describe("Name of the service.");

const test = z.strictObject({
  service,
  scenario,
  file: z.string().describe("Its script, in the folder."),
  target: z.string().describe("URL that it calls."),
  description: z.string().describe("What it does, in a sentence."),
  seconds: z.number().describe("How long it takes."),
  requests: z.number().describe("How many requests it makes, about."),
  peakPerSecond: z.number().describe("The most new requests per second."),
  phases: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the phase."),
        seconds: z.number().describe("How long it takes."),
        perSecond: z.number().describe("New requests per second."),
        rampToPerSecond: z.number().nullable().describe("The rate at its end, if it changes; else null."),
      }),
    )
    .describe("Its phases, in order."),
  conditions: z
    .array(
      z.strictObject({
        phase: z.string().describe("The phase that it is about."),
        says: z.string().describe("What must hold, and where the number is from."),
        expression: z.string().describe("The same for Artillery's plugin `ensure`."),
      }),
    )
    .describe("What must hold for it to pass."),
  meanwhile: z.string().nullable().describe("What somebody has to do while it runs; null for nothing."),
  fault: z
    .strictObject({
      parameter: z.string().describe("Parameter that switches faults of the service."),
      value: z.string().describe("Its value, for a shell that fills in the time at which it begins."),
    })
    .nullable()
    .describe("The fault to switch on; null where the environment cannot inject one, or none is needed."),
});

const fields = {
  environment,
  stage,
  folder: z.string().describe("Where the files are."),
  files,
  tests: z.array(test).describe("Every test that was written."),
  leftOut: z
    .array(
      z.strictObject({
        service,
        scenario: scenario.nullable().describe("The test; null for all of the service."),
        reason: z.string().describe("Why there is none."),
      }),
    )
    .describe("Tests that make no sense, or need to be told more."),
  notes,
  next,
};

function text(data: DataOf<typeof fields>, screen: Screen): string {
  const rows = data.tests.map(({ service: of, scenario: about, seconds, requests, peakPerSecond, description }) => [
    of,
    about,
    `${seconds} s`,
    String(requests),
    String(Math.round(peakPerSecond * 10) / 10),
    description,
  ]);
  const conditions = data.tests.flatMap((each) =>
    each.conditions.map(({ phase, says }) => [each.scenario, phase, says]),
  );
  const services = new Set(data.tests.map((each) => each.service));
  const meanwhile = data.tests.flatMap(({ service: of, scenario: about, meanwhile: what }) =>
    what === null ? [] : [`${of}, ${about}: ${what}.`],
  );
  const left = data.leftOut.map(
    (each) => `Left out: ${each.service}${each.scenario ? `, ${each.scenario}` : ""}: ${each.reason}.`,
  );
  return [
    paragraphs(`Load tests of ${data.environment} at ${data.stage}, in ${data.folder}`, screen),
    ...(rows.length > 0 ? [renderTable({ columns, rows }, screen)] : []),
    ...(services.size === 1 ? [renderTable({ columns: conditionColumns, rows: conditions }, screen)] : []),
    ...(services.size > 1
      ? [paragraphs("What must hold in each: --service with one service, or --json.", screen)]
      : []),
    ...[...meanwhile, ...left, ...data.notes].map((line) => paragraphs(line, screen)),
    ...data.next,
  ].join("\n");
}

const columns: readonly Column[] = [
  { title: "service", kind: "name", importance: "essential" },
  { title: "test", kind: "name", importance: "essential" },
  { title: "takes", kind: "number", importance: "essential" },
  { title: "requests", kind: "number", importance: "essential" },
  { title: "peak per second", kind: "number", importance: "essential" },
  { title: "what it does", kind: "text", importance: "useful" },
];

const conditionColumns: readonly Column[] = [
  { title: "test", kind: "name", importance: "essential" },
  { title: "phase", kind: "name", importance: "essential" },
  { title: "passes if", kind: "text", importance: "essential" },
];

/** What `loadtest` prints: the tests that it has written, and what must hold in each. */
export const loadtestDocument = new DocumentType({ verb: "loadtest", version: 1, fields, text });
