import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import Module from "node:module";
import { dirname, extname, relative, resolve, sep } from "node:path";
import type { Message, TransformOptions } from "esbuild";
import { UserError } from "../errors";
import { writeWhole } from "./kept-folder";
import { keepSourceMap, withSourcePositions } from "./positions";

/** A TypeScript file that cannot be compiled: file, line and what is wrong. */
export class TypeScriptError extends UserError {
  override readonly name = "TypeScriptError";
}

type CommonJsModule = NodeJS.Module & { _compile(code: string, file: string): void };
interface Loader {
  _extensions: Record<string, (module: CommonJsModule, file: string) => void>;
  _resolveFilename(request: string, parent?: NodeJS.Module, ...rest: unknown[]): string;
}

/** Must be raised when the same source should give other code. */
const revision = 1;

/**
 * Lets this process `require` TypeScript files, compiled one by one without a check of types, which belongs to the editor and
 * to CI. Nothing is built in advance, so nothing can be stale. Code is cached in `.evenkeel/typescript`.
 * `paths` of a tsconfig.json are not resolved.
 * @see https://esbuild.github.io/content-types/#typescript
 */
export function loadTypeScript(): void {
  const loader = Module as unknown as Loader;
  const { _extensions: extensions, _resolveFilename: resolveFilename } = loader;
  if (extensions[".ts"] === compileAndRun) return;
  extensions[".ts"] = compileAndRun;
  // As TypeScript does: `./prod.js` is also how a TypeScript file imports `./prod.ts`.
  loader._resolveFilename = function (request, parent, ...rest) {
    try {
      return resolveFilename.call(this, request, parent, ...rest);
    } catch (error) {
      const source = sourceOf(request, parent);
      if (source === undefined) throw error;
      return source;
    }
  };
  // Before Node.js prints an error that nobody caught.
  process.on("uncaughtExceptionMonitor", (error: Error) => {
    error.stack = withSourcePositions(error.stack ?? "");
  });
}

function sourceOf(request: string, parent: NodeJS.Module | undefined): string | undefined {
  if (!/^\.{1,2}\/.*\.js$/.test(request) || !parent?.filename || extname(parent.filename) !== ".ts") return undefined;
  const source = resolve(dirname(parent.filename), request.replace(/\.js$/, ".ts"));
  return existsSync(source) ? source : undefined;
}

function compileAndRun(module: CommonJsModule, file: string): void {
  const { code, map } = compiled(file);
  keepSourceMap(file, map);
  module._compile(code, file);
}

interface Compiled {
  readonly code: string;
  readonly map: string;
}

function compiled(file: string): Compiled {
  const source = readFileSync(file, "utf8");
  const options = {
    loader: "ts",
    format: "cjs",
    target: `node${process.versions.node.split(".")[0]}`,
    sourcemap: "external",
    sourcesContent: false,
    sourcefile: file,
    tsconfigRaw: "{}",
    logLevel: "silent",
  } as const satisfies TransformOptions;
  const esbuildVersion = (require("esbuild/package.json") as { version: string }).version;
  const key = createHash("sha256")
    .update(JSON.stringify([revision, esbuildVersion, options, source]))
    .digest("hex");
  const cached = resolve(".evenkeel", "typescript", `${key}.json`);
  try {
    return JSON.parse(readFileSync(cached, "utf8")) as Compiled;
  } catch {
    const result = transform(source, options);
    keep(cached, JSON.stringify(result));
    return result;
  }
}

function transform(source: string, options: TransformOptions & { readonly sourcefile: string }): Compiled {
  // Loaded late: nothing needs it where all files are cached.
  const { transformSync } = require("esbuild") as typeof import("esbuild");
  try {
    const { code, map } = transformSync(source, options);
    return { code, map };
  } catch (error) {
    const { errors = [] } = error as { errors?: Message[] };
    if (errors.length === 0) throw error;
    const file = relative(process.cwd(), options.sourcefile).replaceAll(sep, "/");
    const said = errors.map(
      ({ text, location }) => `${file}:${location?.line}:${(location?.column ?? 0) + 1}: ${text}`,
    );
    throw new TypeScriptError(`${said.join("\n")}; correct the file`);
  }
}

/** A cache that cannot be written is done without. */
function keep(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch {}
}
