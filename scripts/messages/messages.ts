import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isNode, nodesIn, Source, type SyntaxNode } from "../mutations/syntax";

/** What a user is told about a mistake. */
export interface Message {
  /** The source that says it. */
  readonly file: string;
  /** What is wrong, with `<name>` for what is filled in. */
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
}

/** The folders whose messages are about what users write. */
const folders = ["contract", "config", "capabilities", "blueprints", "modules", "stacks", "values"];
/** Errors that are given what is wrong and what to do apart. */
const inTwoParts = new Set(["ConstructError"]);

/** Every message of the toolkit's own checks, by file. @param root the project's folder */
export function messagesIn(root: string): Message[] {
  const found = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .sort()
      .flatMap((file) => messagesOf(file, readFileSync(join(root, file), "utf8"))),
  );
  const known = new Set<string>();
  return found.filter(({ problem, remedy }) => {
    const text = `${problem}; ${remedy}`;
    return !known.has(text) && known.add(text);
  });
}

/** The messages of one source. */
export function messagesOf(file: string, text: string): Message[] {
  const messages: Message[] = [];
  const visit = (node: SyntaxNode): void => {
    // What a description is chained to has messages of its own.
    if (isDescription(node)) {
      if (isNode(node.callee)) visit(node.callee);
      return;
    }
    const whole = textOf(node);
    if (whole !== undefined) {
      const [, problem, remedy] = /^(\S[^;]*?); (\S.*)$/s.exec(whole) ?? [];
      // Whole sentences are descriptions of alarms, and notes.
      if (problem && remedy && isProse(problem) && !/[^.]\.$/.test(remedy)) messages.push({ file, problem, remedy });
    }
    const parts = partsOf(node);
    if (parts) messages.push({ file, ...parts });
    for (const child of Object.values(node)) {
      if (isNode(child)) visit(child);
      else if (Array.isArray(child)) for (const each of child) visitPart(each);
    }
  };
  const visitPart = (part: unknown): void => {
    if (isNode(part)) visit(part);
    else if (typeof part === "object" && part !== null && isNode((part as { expression?: unknown }).expression))
      visit((part as { expression: SyntaxNode }).expression);
  };
  visit(new Source(file, text).tree);
  return messages;
}

/** `new ConstructError(scope, "is wrong", "do this")`. */
function partsOf({ type, callee, arguments: given }: SyntaxNode): Pick<Message, "problem" | "remedy"> | undefined {
  if (type !== "NewExpression" || !isNode(callee) || !inTwoParts.has(String(callee.value))) return undefined;
  const [, problem, remedy] = (Array.isArray(given) ? given : []).map(({ expression }: { expression?: unknown }) =>
    isNode(expression) ? textOf(expression) : undefined,
  );
  return problem && remedy && isProse(problem) ? { problem, remedy } : undefined;
}

/** The texts of the reference stand in `.describe()`. */
function isDescription({ type, callee }: SyntaxNode): boolean {
  const property = type === "CallExpression" && isNode(callee) ? callee.property : undefined;
  return isNode(property) && property.value === "describe";
}

/** Not only what is filled in, words rather than code, and the rest of a sentence that the path begins. */
const isProse = (text: string): boolean =>
  /[a-z]{2,} [a-z]|^is [a-z]+$/i.test(text.replace(/<[^>]*>/g, "")) && !/[{}]|=>|^[A-Z][a-z]/.test(text);

/** A literal text, with `<name>` for each expression in it; undefined for other nodes. */
function textOf(node: SyntaxNode): string | undefined {
  if (node.type === "StringLiteral") return String(node.value);
  if (node.type !== "TemplateLiteral") return undefined;
  const texts = nodesIn(node.quasis).map(({ cooked }) => String(cooked));
  const names = nodesIn(node.expressions).map(nameOf);
  return texts.map((text, index) => `${text}${index < names.length ? `<${names[index]}>` : ""}`).join("");
}

/** What an expression in a message is called by. */
function nameOf(node: SyntaxNode): string {
  const { type, value, property, callee, expression, base } = node;
  if (type === "Identifier") return inWords(String(value));
  if (type === "MemberExpression" && isNode(property) && property.type === "Identifier") return nameOf(property);
  const inner = [callee, expression, base].find(isNode);
  return inner ? nameOf(inner) : "value";
}

const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

/** The page of the reference with all messages. */
export function messagesPage(messages: readonly Message[]): string {
  const rooms = new Map<string, Message[]>();
  for (const message of messages) {
    const room = roomOf(message.file);
    rooms.set(room, [...(rooms.get(room) ?? []), message]);
  }
  return [
    "# Messages",
    "",
    "Generated from the sources by `npm run docs`; do not edit.",
    "",
    "What the checks of an environment and of modules say, beside the general ones: an unknown field, a missing one, a wrong type, a number or a length out",
    "of its range. Each message stands behind its path, and before the value that was received. `<…>` is filled in.",
    "",
    ...[...rooms].flatMap(([room, said]) => [
      `## ${room}`,
      "",
      "| what is wrong | what to do |",
      "|---|---|",
      ...said.map(({ problem, remedy }) => `| ${cell(problem)} | ${cell(remedy)} |`),
      "",
    ]),
  ].join("\n");
}

const roomOf = (file: string): string => {
  const parts = file.split("/");
  return parts.length > 2 ? parts.slice(0, 2).join("/") : (parts[0] ?? file);
};

const cell = (text: string): string =>
  text
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\s*\n\s*/g, " ");
