import { createHash } from "node:crypto";
import Module from "node:module";
import { dirname, isAbsolute, join, sep } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { constants, Script } from "node:vm";
import { markOf } from "./file-marks";
import { installationRoot, installedCache, removeOldFiles } from "./kept-folder";
import { type ModulePack, type PackedModule, readPack, writePack } from "./module-pack";
import { goOn } from "./optimize-later";
import { packageRoot } from "./package-root";

type CommonJsModule = NodeJS.Module & { _compile(code: string, file: string, format?: string): unknown };
interface Loader {
  prototype: CommonJsModule;
  wrap(code: string): string;
  _cache: NodeJS.Dict<NodeJS.Module>;
  _extensions: Record<string, (module: CommonJsModule, file: string) => void>;
  _resolveFilename(request: string, parent?: NodeJS.Module, isMain?: boolean, options?: unknown): string;
}

const loader = Module as unknown as Loader;

/** Must be raised when the same modules should give another pack. */
const revision = 1;

/** Set to `off`, every process compiles what it loads, to compare. */
const variable = "EVENKEEL_MODULE_CACHE";

/**
 * Keeps what V8 compiles of the modules of this package, and of those that are installed beside it, from one process to the next, and
 * where their imports lead: half of a synthesis is loading them. A module is read again as soon as its file changes.
 * Files of a project are not kept.
 *
 * The pack is in `node_modules/.cache/evenkeel`; where that cannot be written, or with `EVENKEEL_MODULE_CACHE=off`, nothing is kept.
 * Packs that no version of Node.js has written for long make room for newer ones.
 * @param name processes that load different modules use different packs
 */
export function cacheModules(name: string): void {
  // Not in Node.js before 20.12.
  const importer = (constants as Partial<typeof constants> | undefined)?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const isOff = process.env[variable] === "off" || process.env.NODE_V8_COVERAGE || process.versions.pnp;
  if (isOff || isMapped() || importer === undefined) return;
  const root = installationRoot();
  current = new ModuleCache(name, root, importer);
  current.install();
}

let current: ModuleCache | undefined;

/**
 * What tells the code in a folder from any other that has been there, without a look at its files: the marks of its modules, with which this process
 * has started. Undefined if one of them is not kept, and may be written to unseen.
 */
export const marksOfKept = (folder: string): string | undefined => current?.marksIn(folder);

/** Node.js then reads the maps that the modules name, which are left out here. */
const isMapped = (): boolean => Boolean((process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled);

/** Of everything that decides whether V8 takes the code, and of how others have changed the resolution of imports. */
function runtimeKey(): string {
  const facts = [
    revision,
    packageRoot(),
    process.version,
    process.arch,
    cachedDataVersionTag(),
    String(loader._resolveFilename),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

class ModuleCache {
  private readonly folder: string;
  private readonly path: string;
  private readonly known: ModulePack;
  private readonly added = new Map<string, { readonly mark: string; readonly text: string; readonly script: Script }>();
  private readonly places: Record<string, string> = {};
  private readonly installed: readonly string[];

  constructor(
    private readonly name: string,
    private readonly root: string,
    private readonly importer: number,
  ) {
    this.folder = installedCache(root);
    this.path = join(this.folder, `${name}-${runtimeKey()}.bin`);
    this.known = readPack(this.path) ?? { modules: new Map(), places: {} };
    const own = packageRoot();
    this.installed =
      own === root ? [join(root, "node_modules") + sep, join(own, "dist") + sep] : [join(root, "node_modules") + sep];
  }

  install(): void {
    this.findPlaces();
    this.loadKnown();
    this.compileOthers();
    process.once("exit", () => this.store());
  }

  marksIn(folder: string): string | undefined {
    const isIn = (file: string) => file.startsWith(folder + sep);
    if ([...this.added.keys()].some(isIn)) return undefined;
    const marks = [...this.known.modules].filter(([file]) => isIn(file)).map(([file, { mark }]) => `${file} ${mark}`);
    return marks.length === 0 ? undefined : marks.join("\n");
  }

  private isInstalled(file: string): boolean {
    return this.installed.some((folder) => file.startsWith(folder));
  }

  private findPlaces(): void {
    const { _resolveFilename: resolve } = loader;
    const { known, places } = this;
    const isInstalled = (file: string) => this.isInstalled(file);
    loader._resolveFilename = function (request, parent, isMain, options) {
      if (options || !parent?.filename || !isInstalled(parent.filename)) {
        return resolve.call(this, request, parent, isMain, options);
      }
      const key = `${dirname(parent.filename)}\n${request}`;
      const place = known.places[key];
      if (place !== undefined) return place;
      const found = resolve.call(this, request, parent, isMain, options);
      if (isAbsolute(found) && isInstalled(found)) places[key] = found;
      return found;
    };
  }

  private loadKnown(): void {
    const { ".js": load } = loader._extensions;
    loader._extensions[".js"] = (module, file) => {
      const known = this.known.modules.get(file);
      if (!known) return load?.(module, file);
      const script = this.compile(file, known.text, known);
      if (script.cachedDataRejected) return load?.(module, file);
      run(module, file, script);
    };
  }

  /** Node.js has seen then that it is CommonJS, or does not know yet: what is none cannot be compiled as a script. */
  private compileOthers(): void {
    const { _compile: compile } = loader.prototype;
    const cache = this;
    loader.prototype._compile = function (code, file, format) {
      const script = (format ?? "commonjs") === "commonjs" ? cache.compiledNew(code, file) : undefined;
      return script ? run(this, file, script) : compile.call(this, code, file, format);
    };
  }

  private compiledNew(code: string, file: string): Script | undefined {
    if (!this.isInstalled(file) || code.startsWith("#!") || dynamicImport.test(code)) return undefined;
    const mark = markOf(file);
    const text = loader.wrap(code.replace(inlineMap, "\n"));
    try {
      const script = this.compile(file, text);
      this.added.set(file, { mark, text, script });
      return script;
    } catch {
      // Node.js says what is wrong, or loads it as an ES module.
      return undefined;
    }
  }

  private compile(file: string, text: string, known?: PackedModule): Script {
    goOn();
    return new Script(text, {
      filename: file,
      ...(known && { cachedData: known.code() }),
      importModuleDynamically: this.importer,
    });
  }

  /** A cache that cannot be written is done without. */
  private store(): void {
    const isSame = this.added.size === 0 && Object.keys(this.places).length === 0;
    if (isSame) return;
    goOn();
    try {
      const added = [...this.added].map(([file, { mark, text, script }]): [string, PackedModule] => [
        file,
        { mark, text, code: () => script.createCachedData() },
      ]);
      writePack(this.path, this.root, {
        modules: new Map([...this.known.modules, ...added]),
        places: { ...this.known.places, ...this.places },
      });
      removeOldFiles(this.folder, `${this.name}-`);
    } catch {}
  }
}

/** V8 forgets how to import in a script that it has compiled before. */
const dynamicImport = /\bimport\s*\(/;

/** Maps in the files of providers are two thirds of them. */
const inlineMap = /\n\/\/# sourceMappingURL=data:[^\n]*\s*$/;

/**
 * An object for the exports of a module, in place of the one that Node.js made. V8 keeps its names in a table, as in any object that has lost a name which was
 * not the last to be added. Otherwise it remembers a shape for each name that a module exports, and no two modules share those.
 */
function exportsInTable(): object {
  const exported = { first: undefined, second: undefined };
  for (const name of Object.keys(exported)) Reflect.deleteProperty(exported, name);
  return exported;
}

/** As Node.js does with what it has compiled. */
function run(module: CommonJsModule, file: string, script: Script): unknown {
  const require = Object.assign((request: string) => module.require(request), {
    resolve: Object.assign(
      (request: string, options?: unknown) => loader._resolveFilename(request, module, false, options),
      {
        paths: (request: string) =>
          (
            Module as unknown as { _resolveLookupPaths(request: string, parent: NodeJS.Module): string[] | null }
          )._resolveLookupPaths(request, module),
      },
    ),
    main: process.mainModule,
    extensions: loader._extensions,
    cache: loader._cache,
  });
  module.exports = exportsInTable();
  const body = script.runInThisContext() as (...args: unknown[]) => unknown;
  return body.call(module.exports, module.exports, require, module, file, dirname(file));
}
