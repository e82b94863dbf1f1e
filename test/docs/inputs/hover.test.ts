import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Toolkit } from "../../../config";
import { jsonSchemaOf } from "../../../config/json-schema";
import { organisationConfig } from "../../../config/organisation";
import { inputFiles } from "../../../scripts/inputs/input-files";
import { exportedSchemas } from "../../../scripts/inputs/named-schemas";
import { temporaryFolder } from "../../support/temporary-folder";
import { LanguageServer } from "./language-server";
import { type SampleField, sampleOf } from "./sample";

const root = join(__dirname, "..", "..", "..");
const compiled = (folder: string): string => JSON.stringify(join(root, "dist", folder));

describe("The input types", () => {
  test("are what `npm run docs` writes", () => {
    const stale = [...inputFiles()].filter(([file, text]) => readFileSync(join(root, file), "utf8") !== text);
    expect(stale.map(([file]) => file)).toEqual([]);
  });
});

/** What an editor shows where literals are written, by the declarations that are published. */
describe("An editor", () => {
  const folder = temporaryFolder();
  /** Objects have up to as many forms. */
  const variants = [0, 1, 2, 3];
  let server: LanguageServer;

  beforeAll(async () => {
    const compilerOptions = {
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      skipLibCheck: true,
      types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    server = await LanguageServer.start(folder);
  });

  afterAll(() => server.stop());

  async function opened(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    writeFileSync(file, text);
    await server.open(file);
    return file;
  }

  /** What is shown for each field of a schema's literals. */
  async function shown(schema: Parameters<typeof jsonSchemaOf>[0], name: string, before: string, after: string) {
    const found: (SampleField & { readonly hover: string })[] = [];
    const json = jsonSchemaOf(schema);
    const texts = new Set<string>();
    const asked = new Set<string>();
    for (const variant of variants) {
      const { text, fields } = sampleOf(json, variant, before);
      // Objects of one form have it in every sample.
      if (texts.has(text)) continue;
      texts.add(text);
      const file = await opened(`${name}-${variant}.ts`, text + after);
      expect(await server.problems(file)).toEqual([]);
      for (const field of fields) {
        const form = `${field.path} ${field.description}`;
        if (asked.has(form)) continue;
        asked.add(form);
        found.push({ ...field, hover: await server.hover(file, field.line, field.character) });
      }
    }
    return found;
  }

  const undocumented = (fields: readonly (SampleField & { readonly hover: string })[]): string[] =>
    fields
      .filter(({ description, hover }) => !description || !hover.includes(description))
      .map(({ path, description, hover }) => `${path}: ${description ?? "has no description"}: ${hover}`);

  /** The rows of a page of the reference that are about fields: the row, the path and the meaning. */
  function referenceRows(page: string): readonly RegExpMatchArray[] {
    const [fieldRows = ""] = readFileSync(join(root, "docs", "reference", page), "utf8").split("\n## ");
    return [...fieldRows.matchAll(/^\| `([^`]+[^\]`])` \| .* \| (.*) \|$/gm)];
  }

  const notShown = (rows: readonly RegExpMatchArray[], fields: readonly (SampleField & { readonly hover: string })[]) =>
    rows
      .filter(
        ([, path, meaning = ""]) =>
          !fields.some((field) => field.path === path && field.hover.includes(meaning.replaceAll("\\|", "|"))),
      )
      .map(([row]) => row);

  test("shows for each field of an environment what the reference says", async () => {
    const before = `import { defineEnvironment } from ${compiled("config")};\nexport default defineEnvironment(`;
    const fields = await shown(new Toolkit({}).schema, "environment", before, ");\n");
    expect(undocumented(fields)).toEqual([]);
    const rows = referenceRows("environment.md");
    expect(rows.length).toBeGreaterThan(300);
    expect(notShown(rows, fields)).toEqual([]);
  });

  test("shows for each field of an organisation what the reference says", async () => {
    const before = `import { defineProject } from ${compiled("config")};\nexport default defineProject({ environments: [], organisation: `;
    const fields = await shown(organisationConfig, "organisation", before, " });\n");
    expect(undocumented(fields)).toEqual([]);
    const rows = referenceRows("organisation.md");
    expect(rows.length).toBeGreaterThan(45);
    expect(notShown(rows, fields)).toEqual([]);
  });

  test("shows what a field of the state is where the organisation gives the others", async () => {
    const text = `import type { EnvironmentFile } from ${compiled("config")};\nexport const state: EnvironmentFile["state"] = {\nkeyPrefix: "orders/qa",\n};\n`;
    const file = await opened("part-of-state.ts", text);
    expect(await server.problems(file)).toEqual([]);
    expect(await server.hover(file, 2, 1)).toContain("Prefix of the object keys");
  });

  test("shows what the fields of a team are by the team's own types, beside those of the toolkit", async () => {
    const text = `
      import { z } from ${JSON.stringify(join(root, "node_modules", "zod"))};
      import { defineCapability, defineEnvironment, type AddedInput, type EnvironmentFile } from ${compiled("config")};
      const auditTrail = defineCapability({
        name: "auditTrail",
        brings: "a queue",
        fields: { service: { auditDays: z.int().default(14) }, edge: { recorded: z.boolean().optional() } },
      });
      interface OurFields extends AddedInput {
        readonly service: {
          /** Days until an entry is lost. */
          readonly auditDays?: number;
        };
      }
      interface WrongFields extends AddedInput { readonly service: { readonly auditDays?: string } }
      const extension = { capabilities: { hardening: [auditTrail] } } as const;
      const ours = (input: EnvironmentFile<OurFields>) => defineEnvironment(input, extension);
      const function_ = { entry: "a.ts", reservedConcurrency: 1 };
      const rest = {
        name: "test", description: "An environment of a test", stage: "foundation", account: "111111111111",
        state: { backend: "local" }, alerts: {}, spendGuard: { monthlyLimitUsd: 1, emails: [] },
      } as const;
      export const documented = ours({
        ...rest,
        regions: { home: "eu-west-1" },
        exceptions: { tracing: { enabled: false, reason: "" } },
        services: [{ name: "one", function: { ...function_, memoryMb: 512 }, auditDays: 1, edge: {} }],
      });
      export const inferred = defineEnvironment({
        ...rest,
        regions: { home: "eu-west-1" },
        exceptions: { auditTrail: { enabled: false, reason: "" } },
        services: [{ name: "one", function: function_, auditDays: 1, edge: { recorded: true } }],
      }, extension);
      export const wrong = [
        // @ts-expect-error: no field of the team
        ours({ ...rest, regions: { home: "eu-west-1" }, services: [{ name: "one", function: function_, auditHours: 1 }] }),
        // @ts-expect-error: another type than the schema's
        (input: EnvironmentFile<WrongFields>) => defineEnvironment(input, extension),
        // @ts-expect-error: only of the team
        defineEnvironment({ ...rest, regions: { home: "eu-west-1" }, services: [{ name: "one", function: function_, auditDays: 1 }] }),
      ];
    `;
    const file = await opened("team.ts", text);
    expect(await server.problems(file)).toEqual([]);
    const lines = text.split("\n");
    const literal = lines.findIndex((line) => line.includes("const documented"));
    const hover = (field: string) => {
      const line = lines.findIndex((each, index) => index > literal && each.includes(`${field}: `));
      return server.hover(file, line, (lines[line] ?? "").indexOf(`${field}: `) + 1);
    };
    expect(await hover("memoryMb")).toContain("Memory in MB.");
    expect(await hover("home")).toContain("Region that holds the primary of keys and tables");
    expect(await hover("tracing")).toContain("Traces of functions: X-Ray, or OpenTelemetry");
    expect(await hover("services")).toContain("Services: functions with what they use");
    expect(await hover("edge")).toContain("CloudFront in front of the API");
    expect(await hover("auditDays")).toContain("Days until an entry is lost.");
  });

  test.each(exportedSchemas().map(({ name, folder: from, schema }) => ({ name, from, schema })))(
    "shows what each field of $name is",
    async ({ name, from, schema }) => {
      const before = `import type { ${name} } from ${compiled(from)};\nexport const written: ${name} = `;
      expect(undocumented(await shown(schema, name, before, ";\n"))).toEqual([]);
    },
  );
});
