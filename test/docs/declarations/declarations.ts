import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ParseResult, parse } from "@babel/parser";

type Statement = ParseResult["program"]["body"][number];
type Interface = Extract<Statement, { type: "TSInterfaceDeclaration" }>;
type Member = Interface["body"]["body"][number];

/** The interfaces that a declaration file exports, those of the files that it passes on included, by name. */
export function exportedInterfaces(file: string, seen = new Set<string>()): ReadonlyMap<string, Interface> {
  if (seen.has(file)) return new Map();
  seen.add(file);
  const source = readFileSync(file, "utf8");
  const { program } = parse(source, { sourceType: "module", plugins: [["typescript", { dts: true }]] });
  return new Map(
    program.body.flatMap((node) => {
      if (node.type === "ExportNamedDeclaration" && node.declaration?.type === "TSInterfaceDeclaration") {
        return [[node.declaration.id.name, node.declaration] as const];
      }
      const passedOn = node.type === "ExportAllDeclaration" || node.type === "ExportNamedDeclaration";
      return passedOn && node.source?.value.startsWith(".")
        ? [...exportedInterfaces(fileOf(file, node.source.value), seen)]
        : [];
    }),
  );
}

const fileOf = (from: string, name: string): string => {
  const path = join(dirname(from), name);
  try {
    readFileSync(`${path}.d.ts`);
    return `${path}.d.ts`;
  } catch {
    return join(path, "index.d.ts");
  }
};

/** The properties and methods that have no doc comment, those of objects that are written in place included. */
export function undocumentedIn(name: string, members: readonly Member[]): string[] {
  return members.flatMap((member) => {
    if (member.type !== "TSPropertySignature" && member.type !== "TSMethodSignature") return [];
    const path = `${name}.${member.key.type === "Identifier" ? member.key.name : "?"}`;
    const documented = member.leadingComments?.some(
      ({ type, value }) => type === "CommentBlock" && value.startsWith("*"),
    );
    const type = member.type === "TSPropertySignature" ? member.typeAnnotation?.typeAnnotation : undefined;
    const inner = type?.type === "TSTypeLiteral" ? undocumentedIn(path, type.members) : [];
    return documented ? inner : [path, ...inner];
  });
}
