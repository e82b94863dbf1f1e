import path from "node:path";
import { type ParserProgram, parseInProcess } from "../parse-in-process";

/** A part of a statement: the rule of the grammar that read it, and its parts and words. */
export interface Tree {
  /** `AlterByAddColumn`, `FullId`. */
  readonly rule: string;
  readonly parts: readonly (Tree | string)[];
}

/** How the parser reads a text, or what it does not understand. */
export type Parsed =
  | {
      readonly statements: readonly {
        readonly tree: Tree;
        /** What stands before it since the statement before: comments and blanks. */
        readonly before: string;
        readonly text: string;
      }[];
      /** Comments behind the last statement. */
      readonly after: string;
    }
  | { readonly error: { readonly message: string /** From 1. */; readonly line: number } };

/** Raised when the same text and parser should give another result. */
const revision = 2;

/**
 * The parser stops at the first word that it cannot read: what it would make of the rest by leaving words out is not what the server runs.
 * It counts in code points.
 */
const source = `
import { MySqlLexer } from "./dist/lib/mysql/MySqlLexer.js";
import { MySqlParser } from "./dist/lib/mysql/MySqlParser.js";
import { BailErrorStrategy, CharStreams, CommonTokenStream, ParserRuleContext } from "antlr4ng";

const treeOf = (node) =>
  node instanceof ParserRuleContext
    ? { rule: node.constructor.name.replace(/Context$/, ""), parts: (node.children ?? []).map(treeOf) }
    : node.getText();

let unreadable;
class StopsAtFirst extends BailErrorStrategy {
  recover(parser, error) {
    unreadable = error.offendingToken;
    super.recover(parser, error);
  }
}

function parse(text) {
  const characters = Array.from(text);
  const between = (from, to) => characters.slice(from, to).join("");
  const lexer = new MySqlLexer(CharStreams.fromString(text));
  lexer.removeErrorListeners();
  const stream = new CommonTokenStream(lexer);
  stream.fill();
  const executed = stream.getTokens().find((token) => /^\\/\\*[!M]/.test(token.text ?? ""));
  if (executed) return { error: { message: "a comment that the server executes", line: executed.line } };
  const parser = new MySqlParser(stream);
  parser.removeErrorListeners();
  parser.errorHandler = new StopsAtFirst();
  unreadable = undefined;
  try {
    const statements = [];
    let endedAt = 0;
    let unended = false;
    for (const single of parser.program().children ?? []) {
      if (!(single instanceof ParserRuleContext)) continue;
      const [first, semicolon] = single.children ?? [];
      if (!(first instanceof ParserRuleContext) || first.constructor.name.startsWith("EmptyStatement")) {
        endedAt = single.stop.stop + 1;
        continue;
      }
      if (unended) return { error: { message: "a semicolon is missing before it", line: first.start.line } };
      unended = semicolon === undefined;
      statements.push({
        tree: treeOf(first),
        before: between(endedAt, first.start.start),
        text: between(first.start.start, first.stop.stop + 1),
      });
      endedAt = Math.max(first.stop.stop, single.stop.stop) + 1;
    }
    return { statements, after: between(endedAt) };
  } catch (error) {
    const { text: word, line } = unreadable ?? parser.getCurrentToken();
    return { error: { message: word === "<EOF>" ? "it ends too early" : "syntax error at or near " + JSON.stringify(word), line } };
  }
}

process.stdout.write(JSON.stringify(texts.map(parse)));
`;

const parser: ParserProgram = {
  label: "The parser of MySQL",
  version: () => `mysql ${revision} ${(require("dt-sql-parser/package.json") as { version: string }).version}`,
  // Its files import each other without extensions, which Node.js does not find.
  source: () => {
    const esbuild = require("esbuild") as typeof import("esbuild");
    const { outputFiles } = esbuild.buildSync({
      stdin: { contents: source, resolveDir: path.dirname(require.resolve("dt-sql-parser/package.json")) },
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      // Names of rules are those of its classes.
      keepNames: true,
      logLevel: "silent",
    });
    return outputFiles[0]?.text ?? "";
  },
};

/** How MySQL's grammar reads each text. @throws Error if the parser cannot be run */
export const parseMysql = (texts: readonly string[]): Parsed[] => parseInProcess<Parsed>(parser, texts);
