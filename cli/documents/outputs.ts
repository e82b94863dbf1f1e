import { z } from "zod";
import { ignoredOutput, loweredOutput, stacksOutput } from "../../contract/told-outputs";
import { type Column, renderTable, type Screen } from "../../output";
import type { StackReport } from "../../terraform";
import { stackName } from "./parts";

/** Field of documents that show outputs. */
export const outputs = z
  .array(
    z.strictObject({
      stack: stackName,
      name: z.string().describe("Name of the output."),
      value: z.string().describe("Its value as text."),
    }),
  )
  .describe("Outputs that are meant for people; sensitive ones are left out.");

type Outputs = z.output<typeof outputs>;

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "useful" },
  { title: "output", kind: "name", importance: "essential" },
  { title: "value", kind: "name", importance: "essential" },
];

export const outputTable = (rows: Outputs, screen: Screen): string =>
  renderTable({ columns, rows: rows.map(({ stack, name, value }) => [stack, name, value]) }, screen);

const forGates = [ignoredOutput, loweredOutput, stacksOutput];

/** The outputs meant for people: cdktf marks those that only carry values between stacks as sensitive, and gates read others. */
export function outputsOf(reports: readonly StackReport[]): Outputs {
  return reports.flatMap(({ stack, outputs: ofStack = {} }) =>
    Object.entries(ofStack)
      .filter(([name, { sensitive }]) => !sensitive && !forGates.includes(name))
      .map(([name, { value }]) => ({ stack, name, value: typeof value === "string" ? value : JSON.stringify(value) })),
  );
}
