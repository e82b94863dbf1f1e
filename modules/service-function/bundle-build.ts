import path from "node:path";
import type { BuildFailure, BuildOptions, BuildResult, Message, Metafile } from "esbuild";
import { BundleError, type BundleOptions, type HandlerZip, sortedDefine } from "./bundle-options";
import { type BundledPackages, bundledPackages } from "./bundled-packages";
import { packageFile } from "./package-files";
import { withPortableNames } from "./portable-names";
import { zipOf } from "./zip";

/** A new zip and the paths of all its sources, relative to the project folder. */
export interface BuiltBundle extends HandlerZip {
  readonly inputs: readonly string[];
  /** The packages of which something is in it. */
  readonly packages: BundledPackages;
}

/** Defines what CommonJS dependencies need inside an ES module. */
const banner = [
  'import{createRequire}from"node:module";',
  "const require=createRequire(import.meta.url),",
  "__filename=import.meta.filename,__dirname=import.meta.dirname;",
].join("");

/** What Lambda loads. */
const mainFile = "index.mjs";

/**
 * Bundles a handler with all its dependencies and zips it: what runs at the cold start into `index.mjs`, what is imported
 * dynamically into files of its own, and what several of these share into further ones. The same sources give the same bytes on
 * every machine, in every folder and at any time.
 * @throws BundleError with the file and line that cannot be bundled
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html
 */
export function buildBundle(options: BundleOptions): BuiltBundle {
  const { outputFiles, metafile } = runEsbuild(options);
  checkExport(options, metafile);
  const loaded = filesFrom(mainFile, metafile);
  const made = (outputFiles ?? [])
    .map((file) => ({ name: path.basename(file.path), bytes: file.contents }))
    .filter(({ name }) => loaded.has(name.replace(/\.map$/, "")));
  const files = withPortableNames(made, metafile, mainFile, options.projectRoot);
  return {
    bytes: zipOf(files),
    unzippedBytes: files.reduce((sum, file) => sum + file.bytes.length, 0),
    inputs: Object.keys(metafile.inputs),
    packages: bundledPackages(options.projectRoot, metafile, loaded),
  };
}

/** The esbuild options for handlers: minified ES modules that include the AWS SDK. */
export function bundlerOptions(options: BundleOptions) {
  const { entry, runtime, sourceMap, external, projectRoot, openTelemetry, identityTokens } = options;
  return {
    absWorkingDir: projectRoot,
    entryPoints: [{ in: entry, out: path.parse(mainFile).name }],
    // That of the project, so that paths in source maps are relative to it; nothing is written.
    outdir: ".",
    outExtension: { ".js": path.extname(mainFile) },
    bundle: true,
    // Within one file, what is imported dynamically would be parsed at the cold start all the same, and could not be shaken.
    splitting: true,
    write: false,
    metafile: true,
    // Not only for size: names and comments in unminified output depend on the folder.
    minify: true,
    legalComments: "none",
    charset: "utf8",
    platform: "node",
    format: "esm",
    target: `node${Number.parseInt(runtime.slice("nodejs".length), 10)}`,
    mainFields: ["module", "main"],
    external: [...external],
    define: Object.fromEntries(sortedDefine(options)),
    // A function gets its credentials in environment variables. The SDK's other providers would be a third of the
    // bundle.
    alias: { "@aws-sdk/credential-provider-node": packageFile("runtime/aws/lambda-credentials") },
    // Before anything of the handler, whose clients are traced from the moment that they are made.
    inject: [
      ...(openTelemetry ? [packageFile("runtime/tracing/start")] : []),
      ...(identityTokens ? [packageFile("runtime/vault/identity-tokens")] : []),
    ],
    banner: { js: banner },
    sourcemap: sourceMap ? "linked" : false,
    sourcesContent: false,
    // Nothing outside the sources may affect the result.
    tsconfigRaw: "{}",
    nodePaths: [],
    logLevel: "silent",
  } as const satisfies BuildOptions;
}

function runEsbuild(options: BundleOptions): BuildResult<{ write: false; metafile: true }> {
  // Loaded lazily: a synth with all bundles cached does not need it.
  const esbuild = require("esbuild") as typeof import("esbuild");
  try {
    return esbuild.buildSync(bundlerOptions(options));
  } catch (error) {
    throw new BundleError(
      `cannot bundle ${options.entry}:\n${messagesOf(error).map(showMessage).join("\n")}\n`,
      "fix the source and install the packages it imports",
    );
  }
}

/**
 * The names of a file and of those that it imports, dynamically too. esbuild also writes what only code imports that nothing uses,
 * such as the SDK's for browsers.
 */
function filesFrom(name: string, metafile: Metafile, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path: imported, external } of metafile.outputs[name]?.imports ?? []) {
    if (!external) filesFrom(path.basename(imported), metafile, found);
  }
  return found;
}

function messagesOf(error: unknown): readonly Message[] {
  const { errors } = error as Partial<BuildFailure>;
  if (errors && errors.length > 0) return errors;
  throw error;
}

function showMessage({ location, text }: Message): string {
  return location ? `  ${location.file}:${location.line}:${location.column + 1}: ${text}` : `  ${text}`;
}

function checkExport({ entry, handler }: BundleOptions, metafile: Metafile): void {
  const names = metafile.outputs[mainFile]?.exports ?? [];
  if (names.includes(handler)) return;
  throw new BundleError(
    `${entry} has no export "${handler}", ${names.length > 0 ? `only ${names.join(", ")}` : "it exports nothing"}`,
    `write "export const ${handler} = ..." there, or set handler to another export`,
  );
}
