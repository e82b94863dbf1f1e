import { basename, posix } from "node:path";
import type { z } from "zod";
import { type CapabilityFields, fieldPoints, Toolkit } from "../../config";
import { organisationConfig } from "../../config/organisation";
import { Declarations, type Given, type Notes } from "./declaration";
import { bare, definitionOf, isOptional } from "./definition";
import { environmentSchemas, exportedSchemas, handWritten, type NamedSchema, shapeOf } from "./named-schemas";

/** The generated files with the input types of all schemas, by their path; and the one that proves them. */
export function inputFiles(): ReadonlyMap<string, string> {
  const toolkit = new Toolkit({});
  const exported = exportedSchemas();
  const ofEnvironment = environmentSchemas(toolkit);
  const importable = [...exported, ...handWritten];
  const brings = new Map(toolkit.stages.names.map((name) => [name, sentence(toolkit.stages.get(name).brings)]));
  const files = [...grouped([...exported, ...ofEnvironment])].map(([folder, own]): [string, string] => {
    const known = folder === "config" ? [...importable, ...ofEnvironment] : importable;
    return [
      `${folder}/input.ts`,
      new Declarations(folder, known, notesOf(toolkit), brings, givenByOrganisation(toolkit)).file(own),
    ];
  });
  return new Map([...files, [proofs, proofOf(exported)]]);
}

function grouped(schemas: readonly NamedSchema[]): Map<string, NamedSchema[]> {
  const groups = new Map<string, NamedSchema[]>();
  for (const named of schemas) groups.set(named.folder, [...(groups.get(named.folder) ?? []), named]);
  return groups;
}

/** The required fields of an environment that an organisation may give in its place, each with its form that may be given in part. */
function givenByOrganisation(toolkit: Toolkit): Given {
  const defaults = shapeOf(shapeOf(organisationConfig).defaults as z.ZodType);
  return new Map(
    Object.entries(shapeOf(toolkit.schema))
      .filter(([name, schema]) => name in defaults && !isOptional(schema))
      .map(([name, schema]) => {
        const parts = Object.keys(shapeOf(defaults[name] as z.ZodType));
        const forms = definitionOf(bare(schema)).options ?? [];
        return [schema, forms.find((form) => parts.every((part) => part in shapeOf(form)))] as const;
      }),
  );
}

/** Which capability brings a field. */
function notesOf({ stages }: Toolkit): Notes {
  return new Map(
    stages.capabilities.flatMap(({ name, fields = {} }) =>
      fieldPoints.flatMap((point) =>
        Object.values((fields as CapabilityFields)[point] ?? {}).map(
          (schema) => [schema, `Of the capability \`${name}\`, from ${stages.since(name)} on.`] as const,
        ),
      ),
    ),
  );
}

const sentence = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}.`;

/** The file by which the compiler compares each generated type with the input of its schema. */
const proofs = "test/docs/inputs/proofs.ts";

function proofOf(schemas: readonly NamedSchema[]): string {
  const folders = [...grouped(schemas).keys()];
  const names = new Map(
    folders.map((folder) => [folder, basename(folder).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())]),
  );
  return [
    "// Generated from the schemas by `npm run docs`; do not edit.",
    'import type { z } from "zod";',
    ...folders.map(
      (folder) => `import type * as ${names.get(folder)} from "${posix.relative(posix.dirname(proofs), folder)}";`,
    ),
    'import type { Proof, Same } from "./same";',
    "",
    "/** Does not compile if a type differs from what its schema takes. */",
    "export type Proofs = [",
    ...schemas.map(({ name, folder, schema, schemaName }) => {
      const module = names.get(folder);
      const input = `z.input<typeof ${module}.${schemaName}>`;
      return `  Proof<Same<${module}.${name}, ${isOptional(schema) ? `NonNullable<${input}>` : input}>>,`;
    }),
    "];",
    "",
  ].join("\n");
}
