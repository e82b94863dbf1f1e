import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment } from "./parts";

const migration = z.strictObject({
  name: z.string().describe("Name of the file without its ending, by which the database knows it."),
  checksum: z
    .string()
    .describe("SHA-256 of its text, in hex; a file with another one is refused where it was applied."),
  transaction: z.boolean().describe("Whether it runs in a transaction; what does not is a single statement."),
  drops: z.array(z.string()).describe("Tables and indexes that it drops, once nothing has used them for long enough."),
});

const allowed = z.strictObject({
  file: z.string().describe("Path of the file from the project."),
  line: z.int().describe("Line of the statement, from 1."),
  rule: z.string().describe("Id of the rule that it breaks."),
  object: z.string().describe("What it does so to."),
  reason: z.string().describe("Why, as the file says."),
});

const problem = z.strictObject({
  file: z.string().describe("Path of the file from the project, or of the folder."),
  line: z.int().nullable().describe("Line of the statement, from 1; null for what concerns the whole file."),
  statement: z.string().nullable().describe("First line of the statement; null for what concerns the whole file."),
  rule: z.string().describe("Id of the rule."),
  problem: z.string().describe("What is wrong, with the lock that it takes."),
  remedy: z.string().describe("What to do instead."),
});

const database = z.strictObject({
  name: z.string().describe("Name of the database within the environment."),
  folder: z.string().describe("Folder of its migrations, relative to the project."),
  migrations: z.array(migration).describe("Its migrations, in order."),
  allowed: z.array(allowed).describe("What comments in the files allow."),
  problems: z.array(problem).describe("What is refused."),
});

/** What `migrations` prints: the migrations of each database, and what is wrong with them. */
export const migrationsDocument = new DocumentType({
  verb: "migrations",
  version: 1,
  fields: {
    environment,
    refused: z.int().describe("How many problems there are."),
    databases: z.array(database).describe("The databases that have migrations."),
  },
  text: ({ environment: name, databases, refused }, screen) => {
    if (databases.length === 0) return paragraphs(`No database of ${name} has migrations.`, screen);
    const rows = databases.flatMap((each) =>
      each.migrations.map((one) => [
        each.name,
        one.name,
        one.transaction ? "yes" : "no",
        one.drops.join(", ") || "-",
        one.checksum.slice(0, 12),
      ]),
    );
    const says = databases.flatMap((each) => [
      ...each.problems.map(
        ({ file, line, statement, problem: what, rule, remedy }) =>
          `${line === null ? file : `${file}:${line}`}: ${statement === null ? "" : `${statement}: `}${what} [${rule}]; ${remedy}`,
      ),
      ...each.allowed.map(
        ({ file, line, rule, object, reason }) => `${file}:${line}: allowed: ${rule} ${object}, because ${reason}`,
      ),
    ]);
    return [
      ...(rows.length > 0 ? [renderTable({ columns, rows }, screen), ""] : []),
      ...says.flatMap((line) => [paragraphs(line, screen), ""]),
      paragraphs(
        refused === 0
          ? "Nothing is refused. Which of them a database has is in its table schema_migration.applied."
          : `${refused} ${refused === 1 ? "problem" : "problems"}: nothing is deployed until there is none.`,
        screen,
      ),
    ].join("\n");
  },
});

const columns: readonly Column[] = [
  { title: "database", kind: "name", importance: "essential" },
  { title: "migration", kind: "name", importance: "essential" },
  { title: "in a transaction", kind: "text", importance: "useful" },
  { title: "drops", kind: "name", importance: "useful" },
  { title: "checksum", kind: "name", importance: "detail" },
];
