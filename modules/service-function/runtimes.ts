import {
  canSnapStart,
  familyNames,
  type LambdaRuntime,
  type RuntimeFamily,
  runtimeFamily,
} from "../../values/availability";
import type { Report } from "../core";
import type { FunctionCodeConfig } from "./code-config";

/** What of a function says which code it has, and what runs it. */
export interface CodeFields {
  readonly entry?: string;
  readonly code?: FunctionCodeConfig;
  readonly handler?: string;
  readonly runtime?: LambdaRuntime;
}

interface BundledFields extends CodeFields {
  readonly sourceMap: boolean;
  readonly external: readonly string[];
}

interface StartFields extends CodeFields {
  readonly snapStart: boolean;
  readonly provisionedConcurrency?: object;
}

/** The runtime and the handler of a function; undefined for an image, which has its own. */
export function runtimeOf({
  entry,
  code,
  handler,
  runtime,
}: CodeFields): { readonly runtime: LambdaRuntime; readonly handler: string } | undefined {
  if (code?.image) return undefined;
  // Lambda hands the name of the handler to the program, and asks for one although most programs have no use for it.
  const fallback = entry === undefined ? "bootstrap" : "handler";
  return { runtime: runtime ?? "nodejs22.x", handler: handler ?? fallback };
}

/** What runs the code of a function; undefined for an image. */
export function familyOf(fields: CodeFields): RuntimeFamily | undefined {
  const runtime = runtimeOf(fields)?.runtime;
  return runtime && runtimeFamily(runtime);
}

/** The exported name in an ES module that is bundled. */
const exportName = /^[A-Za-z_$][\w$]*$/;

/** How handlers are named in each runtime, with an example. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html */
const handlerForms: Readonly<Record<RuntimeFamily, readonly [form: RegExp, says: string]>> = {
  nodejs: [/^[\w./-]+\.[A-Za-z_$][\w$]*$/, "<file>.<export>, as index.handler"],
  python: [/^([\w-]+[./])*[\w-]+\.[A-Za-z_]\w*$/, "<module>.<function>, as app.handler"],
  java: [
    /^([A-Za-z_]\w*\.)*[A-Za-z_][\w$]*(::[A-Za-z_]\w*)?$/,
    "<package>.<class>, or with ::<method>, as com.example.Orders::handle",
  ],
  dotnet: [
    /^[\w.-]+(::[\w.+`]+::[\w`]+)?$/,
    "<assembly>::<namespace.class>::<method>, or the assembly alone for top-level statements",
  ],
  ruby: [
    /^[\w/-]+(\.[A-Z]\w*(::[A-Z]\w*)*)?\.[a-z_]\w*[?!]?$/,
    "<file>.<method> or <file>.<Class>.<method>, as app.Orders.handle",
  ],
  provided: [/^\S{1,128}$/, "any text without spaces, which the program gets as _HANDLER"],
};

/** Reports what of code, runtime and handler does not go together. */
export function checkCode(config: BundledFields, report: Report): void {
  const { entry, code, handler, runtime, sourceMap, external } = config;
  if (entry === undefined && code === undefined) {
    report(["entry"], "is required; name the source file of a Node.js handler, or say in code where else the code is");
    return;
  }
  if (entry !== undefined && code !== undefined) {
    report(["code"], "is a second place for the code beside entry; name one of the two");
    return;
  }
  if (code === undefined) {
    if (handler !== undefined && !exportName.test(handler)) {
      report(["handler"], "is not a valid export name; use the identifier that the file exports");
    }
    const family = runtime && runtimeFamily(runtime);
    if (family && family !== "nodejs") {
      report(
        ["runtime"],
        `is ${familyNames[family]}, but entry is bundled for Node.js; name the code under code instead`,
      );
    }
    return;
  }
  if (sourceMap) report(["sourceMap"], "is of bundles, and the code is not bundled; remove it");
  if (external.length > 0) report(["external"], "is of bundles, and the code is not bundled; remove it");
  if (code.image) {
    if (runtime !== undefined) report(["runtime"], "is in the image already; remove it");
    if (handler !== undefined) report(["handler"], "is the image's CMD; remove it, or set code.image.command");
    return;
  }
  if (runtime === undefined) {
    report(
      ["runtime"],
      "is required with code that is not bundled; name what runs it, as python3.13 or provided.al2023",
    );
    return;
  }
  const family = runtimeFamily(runtime);
  if (!family) return;
  if (handler === undefined) {
    if (family !== "provided")
      report(["handler"], `is required for ${familyNames[family]}; write ${handlerForms[family][1]}`);
    return;
  }
  const [form, says] = handlerForms[family];
  if (!form.test(handler)) report(["handler"], `is not a handler of ${familyNames[family]}; write ${says}`);
}

/**
 * Reports what SnapStart does not go together with.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
 */
export function checkSnapStart(config: StartFields & { readonly ephemeralStorageMb: number }, report: Report): void {
  const { snapStart, provisionedConcurrency, ephemeralStorageMb } = config;
  if (!snapStart) return;
  const runtime = runtimeOf(config)?.runtime;
  if (runtime === undefined || (runtimeFamily(runtime) && !canSnapStart(runtime))) {
    const what = runtime === undefined ? "an image" : familyNames[runtimeFamily(runtime) as RuntimeFamily];
    report(
      ["snapStart"],
      `does not exist for ${what}, only for Java 11, Python 3.12, .NET 8 and later; remove it, or use provisionedConcurrency`,
    );
  }
  if (provisionedConcurrency) {
    report(
      ["snapStart"],
      "does not go together with provisionedConcurrency, which keeps started environments; remove one of the two",
    );
  }
  if (ephemeralStorageMb > 512) {
    report(
      ["snapStart"],
      `does not go together with more than 512 MB of /tmp, and ephemeralStorageMb is ${ephemeralStorageMb}; use 512, or remove snapStart`,
    );
  }
}

/**
 * What to know of cold starts of a function before anything is kept warm, as sentences; undefined for bundles of Node.js, whose cold starts the toolkit
 * has shortened already.
 */
export function startAdvice(config: StartFields): string | undefined {
  const family = familyOf(config);
  if (config.entry !== undefined) return undefined;
  if (family === undefined)
    return "It is an image: cold starts depend on its size, and Lambda keeps what was loaded before in a cache.";
  if (family === "provided")
    return "It is a program of its own, which starts in a fraction of what a runtime takes: measure coldStartMs before anything is kept warm.";
  if (config.snapStart) {
    return "It starts from snapshots: coldStartMs is what a restore adds, Restore Duration in its log, and it cannot have provisioned concurrency beside.";
  }
  if (!canSnapStart(runtimeOf(config)?.runtime ?? "")) return undefined;
  const charged = family === "java" ? "which costs nothing" : "which costs for what is cached and restored";
  return config.provisionedConcurrency
    ? `${familyNames[family]} could start from snapshots in place of provisioned concurrency: function.snapStart, ${charged}.`
    : `${familyNames[family]} can start from snapshots, which shortens every cold start: function.snapStart, ${charged}. Try it before anything is kept warm.`;
}
