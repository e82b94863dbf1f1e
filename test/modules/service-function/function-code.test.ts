import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { ConfigError, DeploymentStack, parseConfig } from "../../../modules/core";
import {
  codeSizeLimits,
  recordedCode,
  ServiceFunction,
  type ServiceFunctionInput,
  serviceFunctionConfig,
  startAdvice,
  zipOf,
} from "../../../modules/service-function";
import { testApp } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { minimalProps } from "./every-option";

const region = "eu-west-1";
const digest = "0123456789abcdef".repeat(4);
const uri = (at = region) => `123456789012.dkr.ecr.${at}.amazonaws.com/orders@sha256:${digest}`;

/** The mistakes of a config, by their paths. */
function mistakesOf(config: object): Record<string, string> {
  try {
    parseConfig(serviceFunctionConfig, { reservedConcurrency: null, ...config }, "fn");
  } catch (error) {
    if (error instanceof ConfigError)
      return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
    throw error;
  }
  return {};
}
const python = { code: { folder: "app" }, runtime: "python3.13", handler: "app.handler" };
const entry = { entry: "services/orders/handler.ts" };

// biome-ignore format: one line for each mistake reads as a table
const mistakes: readonly (readonly [what: string, config: object, path: string, message: string])[] = [
  ["no code at all", {}, "entry", "is required; name the source file of a Node.js handler, or say in code where else the code is"],
  ["two places of code", { ...entry, code: { folder: "app" } }, "code", "is a second place for the code beside entry; name one of the two"],
  ["code that is nowhere", { ...python, code: {} }, "code", "needs exactly one of archive, folder and image; name where the code is"],
  ["code in two places", { ...python, code: { folder: "app", archive: "app.zip" } }, "code", "needs exactly one of archive, folder and image; name where the code is"],
  ["a command without a folder", { ...python, code: { archive: "a.zip", build: { command: ["make"], inputs: ["src"] } } }, "code.build", "fills a folder, and none is named; add folder, or remove build"],
  ["an archive of another kind", { ...python, code: { archive: "app.tar.gz" } }, "code.archive", "is not an archive that Lambda takes; name a .zip or .jar file"],
  ["a folder outside of the project", { ...python, code: { folder: "../app" } }, "code.folder", "is not a folder; write its path relative to the project folder with forward slashes"],
  ["an image by its tag", { code: { image: { uris: { [region]: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:latest" } } } }, "code.image.uris.eu-west-1", "names no digest, and a tag can be moved to another image without a change in any plan; write …@sha256:<64 hex digits>, as `aws ecr describe-images` shows it"],
  ["an image of another registry", { code: { image: { uris: { [region]: `ghcr.io/shop/orders@sha256:${digest}` } } } }, "code.image.uris.eu-west-1", "is not an image of Amazon ECR; write <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex digits>"],
  ["an image with a runtime", { code: { image: { uris: { [region]: uri() } } }, runtime: "python3.13" }, "runtime", "is in the image already; remove it"],
  ["an image with a handler", { code: { image: { uris: { [region]: uri() } } }, handler: "app.handler" }, "handler", "is the image's CMD; remove it, or set code.image.command"],
  ["code without a runtime", { code: { folder: "app" }, handler: "app.handler" }, "runtime", "is required with code that is not bundled; name what runs it, as python3.13 or provided.al2023"],
  ["a bundle for Python", { ...entry, runtime: "python3.13" }, "runtime", "is Python, but entry is bundled for Node.js; name the code under code instead"],
  ["a runtime that AWS has given up", { ...python, runtime: "python3.9" }, "runtime", "has had no updates since 2025-12-15: AWS creates no function with it from 2026-06-01 on, and changes none from 2026-07-01 on; use python3.13"],
  ["Go's own runtime", { code: { folder: "app" }, runtime: "go1.x", handler: "main" }, "runtime", "has had no updates since 2024-01-08: AWS creates no function with it from 2024-02-08 on, and changes none from 2026-07-01 on; use provided.al2023"],
  ["a runtime that the provider does not know", { ...python, runtime: "python3.14" }, "runtime", "is newer than what this version of the provider knows; use python3.13"],
  ["a runtime that there is not", { ...python, runtime: "python3.31" }, "runtime", 'is not one of the allowed values; did you mean "python3.13"?'],
  ["no handler", { code: { folder: "app" }, runtime: "python3.13" }, "handler", "is required for Python; write <module>.<function>, as app.handler"],
  ["a handler of Python without a module", { ...python, handler: "handler" }, "handler", "is not a handler of Python; write <module>.<function>, as app.handler"],
  ["a handler of Java with a file", { code: { archive: "a.jar" }, runtime: "java21", handler: "Orders.java#handle" }, "handler", "is not a handler of Java; write <package>.<class>, or with ::<method>, as com.example.Orders::handle"],
  ["a handler of .NET in two parts", { code: { folder: "app" }, runtime: "dotnet8", handler: "Shop::Orders" }, "handler", "is not a handler of .NET; write <assembly>::<namespace.class>::<method>, or the assembly alone for top-level statements"],
  ["a handler of Ruby without a method", { code: { folder: "app" }, runtime: "ruby3.4", handler: "app" }, "handler", "is not a handler of Ruby; write <file>.<method> or <file>.<Class>.<method>, as app.Orders.handle"],
  ["a handler of Node.js without an export", { code: { folder: "app" }, runtime: "nodejs22.x", handler: "index" }, "handler", "is not a handler of Node.js; write <file>.<export>, as index.handler"],
  ["source maps of code that is not bundled", { ...python, sourceMap: true }, "sourceMap", "is of bundles, and the code is not bundled; remove it"],
  ["external packages of code that is not bundled", { ...python, external: ["pg"] }, "external", "is of bundles, and the code is not bundled; remove it"],
  ["snapshots of Node.js", { ...entry, snapStart: true }, "snapStart", "does not exist for Node.js, only for Java 11, Python 3.12, .NET 8 and later; remove it, or use provisionedConcurrency"],
  ["snapshots of an OS-only runtime", { code: { folder: "app" }, runtime: "provided.al2023", snapStart: true }, "snapStart", "does not exist for an OS-only runtime, only for Java 11, Python 3.12, .NET 8 and later; remove it, or use provisionedConcurrency"],
  ["snapshots of an image", { code: { image: { uris: { [region]: uri() } } }, snapStart: true }, "snapStart", "does not exist for an image, only for Java 11, Python 3.12, .NET 8 and later; remove it, or use provisionedConcurrency"],
  ["snapshots beside provisioned concurrency", { ...python, snapStart: true, provisionedConcurrency: { min: 1, max: 2 } }, "snapStart", "does not go together with provisionedConcurrency, which keeps started environments; remove one of the two"],
  ["snapshots with a large /tmp", { ...python, snapStart: true, ephemeralStorageMb: 1024 }, "snapStart", "does not go together with more than 512 MB of /tmp, and ephemeralStorageMb is 1024; use 512, or remove snapStart"],
];

test.each(mistakes)("A function with %s is refused", (_, config, path, message) => {
  expect(mistakesOf(config)).toMatchObject({ [path]: message });
});

// biome-ignore format: one line for each runtime
test.each([
  ["nodejs22.x", "src/index.handler"], ["python3.12", "shop/orders.handle"], ["python3.13", "shop.orders.handle"], ["java21", "com.example.Orders"],
  ["java21", "com.example.Orders$Inner::handle"], ["dotnet8", "Shop"], ["dotnet8", "Shop::Shop.Orders.Function::Handle"], ["ruby3.4", "app.handle"],
  ["ruby3.3", "lib/app.Shop::Orders.handle!"], ["provided.al2023", "anything.at-all"],
])("%s takes the handler %s", (runtime, handler) => {
  expect(mistakesOf({ code: { folder: "app" }, runtime, handler })).toEqual({});
});

describe("A function with code of its own", () => {
  const root = temporaryFolder("evenkeel-code-");
  const file = (name: string, content: string | Uint8Array) => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  };
  const build = (stack: DeploymentStack, config: object, more: object = {}) =>
    new ServiceFunction(stack, "orders", {
      ...minimalProps(region),
      ...more,
      projectRoot: root,
      config: { reservedConcurrency: null, ...config } as ServiceFunctionInput,
    });
  /** Has a stack synthesized, with its checks. @returns its folder */
  const synthesized = (make: (stack: DeploymentStack) => unknown): string => {
    const app = testApp();
    make(new DeploymentStack(app, "test", { regions: [region, "ap-southeast-6"], account: "123456789012", tags: {} }));
    app.synth();
    return join(app.outdir, "stacks", "test");
  };
  const functionOf = (config: object, more: object = {}) => {
    const folder = synthesized((stack) => build(stack, config, more));
    const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
      resource: { aws_lambda_function: { orders_function: Record<string, unknown> } };
    };
    return { fn: resource.aws_lambda_function.orders_function, folder };
  };
  const zipIn = ({ fn, folder }: ReturnType<typeof functionOf>) =>
    unzipSync(readFileSync(join(folder, String(fn.filename))));

  test("in a folder has its files, programs marked as such, and none that Python leaves behind", () => {
    file("app/app.py", "def handler(event, context): return event\n");
    file("app/bin/tool", "#!/bin/sh\n");
    file("app/__pycache__/app.cpython-313.pyc", "times");
    file("app/pkg/__pycache__/x.pyc", "times");
    const built = functionOf(python);
    expect(built.fn).toMatchObject({ runtime: "python3.13", handler: "app.handler", architectures: ["arm64"] });
    expect(built.fn).not.toHaveProperty("package_type");
    expect(Object.keys(zipIn(built)).sort()).toEqual(["app.py", "bin/tool"]);
    chmodSync(join(root, "app/app.py"), 0o755);
    utimesSync(join(root, "app/app.py"), 0, 0);
    expect(functionOf({ ...python, memoryMb: 256 }).fn.source_code_hash).toBe(built.fn.source_code_hash);
  });

  test("in an archive has it as it is", () => {
    const bytes = zipOf([{ name: "bootstrap", bytes: Buffer.from("#!/bin/sh\n"), executable: true }]);
    file("build/labels.zip", bytes);
    const built = functionOf({
      code: { archive: "build/labels.zip" },
      runtime: "provided.al2023",
      architecture: "x86_64",
    });
    expect(built.fn).toMatchObject({ runtime: "provided.al2023", handler: "bootstrap", architectures: ["x86_64"] });
    expect(readFileSync(join(built.folder, String(built.fn.filename))).equals(Buffer.from(bytes))).toBe(true);
  });

  test("is refused for an archive that is none, is missing, or is too large", () => {
    file("build/no.zip", "no zip");
    expect(() => functionOf({ ...python, code: { archive: "build/no.zip" } })).toThrow(/build\/no\.zip is no zip file/);
    expect(() => functionOf({ ...python, code: { archive: "build/none.zip" } })).toThrow(
      /there is no archive build\/none\.zip/,
    );
    const large = new Uint8Array(codeSizeLimits.unzippedBytes + 1);
    file("build/large.zip", zipSync({ zeros: [large, { level: 1 }] }));
    expect(() => functionOf({ ...python, code: { archive: "build/large.zip" } })).toThrow(
      /the code of build\/large\.zip has 251 MB unzipped, but Lambda allows 250 MB/,
    );
  });

  test("on an OS-only runtime without bootstrap is refused, unless a layer may bring it", () => {
    file("native/other", "#!/bin/sh\n");
    const native = { code: { folder: "native" }, runtime: "provided.al2023" };
    expect(() => functionOf(native)).toThrow(/has no file bootstrap, which provided\.al2023 runs, and no layer/);
    const layerArns = [`arn:aws:lambda:${region}:123456789012:layer:runtime:1`];
    expect(functionOf(native, { layerArns }).fn.layers).toEqual(layerArns);
  });

  test("in an image has its digest and its overrides, and neither runtime nor handler", () => {
    const image = {
      uris: { [region]: uri() },
      entryPoint: ["/start"],
      command: ["app.handler"],
      workingDirectory: "/app",
    };
    const { fn } = functionOf({ code: { image } });
    expect(fn).toMatchObject({
      package_type: "Image",
      image_uri: uri(),
      image_config: { entry_point: ["/start"], command: ["app.handler"], working_directory: "/app" },
    });
    for (const field of ["runtime", "handler", "filename", "source_code_hash", "layers"])
      expect(fn).not.toHaveProperty(field);
    expect(functionOf({ code: { image: { uris: { [region]: uri() } } } }).fn).not.toHaveProperty("image_config");
  });

  test("in an image is refused without one in its region, with layers, and with code signing", () => {
    const image = { code: { image: { uris: { "eu-central-1": uri("eu-central-1") } } } };
    expect(() => functionOf(image)).toThrow(/has no image in eu-west-1, and Lambda takes none of another region/);
    const here = { code: { image: { uris: { [region]: uri() } } } };
    const layerArns = [`arn:aws:lambda:${region}:123456789012:layer:tools:1`];
    expect(() => functionOf(here, { layerArns })).toThrow(/is an image, which has no layers/);
    const codeSigningConfigArn = `arn:aws:lambda:${region}:123456789012:code-signing-config:csc-0123456789abcdef0`;
    expect(() => functionOf(here, { codeSigningConfigArn })).toThrow(
      /is an image, for which Lambda checks no signatures/,
    );
  });

  test("does not begin with the runtime's tracing", () => {
    const openTelemetry = { openTelemetry: true };
    expect(() => functionOf(python, openTelemetry)).toThrow(
      /is not bundled, so it cannot begin with the runtime's tracing/,
    );
  });

  test("answers the calls that its config says", () => {
    synthesized((stack) => {
      const fn = build(stack, { ...python, code: { folder: "app", answers: ["warming"] } });
      expect([fn.answersWarming, fn.answersProbes, fn.isImage]).toEqual([true, false, false]);
      expect(recordedCode(stack.node.root)).toEqual([{ kind: "folder", name: "app", usedBy: [fn.node.path] }]);
    });
  });

  test("refuses a layer of another runtime or processor", () => {
    synthesized((stack) => {
      const fn = build(stack, python);
      const arn = `arn:aws:lambda:${region}:123456789012:layer:tools:1`;
      expect(() => fn.addLayer({ title: "tools", arn, compatibleRuntimes: ["nodejs22.x"] })).toThrow(
        /has the runtime python3\.13, but the layer tools is for nodejs22\.x/,
      );
      expect(() => fn.addLayer({ title: "tools", arn, architecture: "x86_64" })).toThrow(
        /runs on arm64, but the layer tools is for x86_64/,
      );
    });
  });

  test("starts from snapshots of published versions only when it is told to, and where Lambda has them", () => {
    const snapStart = { ...python, snapStart: true };
    expect(functionOf(snapStart).fn).not.toHaveProperty("snap_start");
    expect(functionOf(snapStart, { snapStart: true }).fn.snap_start).toEqual({ apply_on: "PublishedVersions" });
    expect(functionOf(python, { snapStart: true }).fn).not.toHaveProperty("snap_start");
    expect(() => functionOf(snapStart, { snapStart: true, region: "ap-southeast-6" })).toThrow(
      /would start from snapshots, which Lambda does not offer in ap-southeast-6/,
    );
  });

  describe("in a folder that a command builds", () => {
    const writes = (text: string) => [
      "node",
      "-e",
      `const fs = require("fs"); fs.mkdirSync("dist", { recursive: true }); fs.appendFileSync("runs", "x"); fs.copyFileSync("src/in", "dist/${text}")`,
    ];
    const builtBy = (command: readonly string[], more: object = {}) => ({
      ...python,
      code: { folder: "dist", build: { command, inputs: ["src"], ...more } },
    });
    const runs = () => (existsSync(join(root, "runs")) ? readFileSync(join(root, "runs"), "utf8").length : 0);
    /** A build is looked at once in a process; another time limit is another build. */
    let seconds = 10;
    const again = (config: (more: object) => object) => {
      seconds += 1;
      return functionOf(config({ timeoutSeconds: seconds }));
    };

    test("has what it writes, and runs it again only when an input or the output has changed", () => {
      file("src/in", "one");
      const config = (more: object) => builtBy(writes("app.py"), more);
      const first = again(config);
      expect(Object.keys(zipIn(first))).toEqual(["app.py"]);
      expect(runs()).toBe(1);
      again(config);
      expect(runs()).toBe(1);
      file("src/in", "two");
      again(config);
      expect(runs()).toBe(2);
      rmSync(join(root, "dist"), { recursive: true });
      again(config);
      expect(runs()).toBe(3);
    });

    test("is refused with the end of the output of a command that fails, is missing, or takes too long", () => {
      const prints = 'for (let i = 0; i < 40; i += 1) console.error("line", i); process.exit(3)';
      expect(() => functionOf(builtBy(["node", "-e", prints]))).toThrow(
        /the command that builds dist ended with code 3: node -e[\s\S]*\nline 20\n[\s\S]*line 39\n; run it in the project folder/,
      );
      expect(() => functionOf(builtBy(["node", "-e", prints]))).not.toThrow(/line 19\n/);
      expect(() => functionOf(builtBy(["no-such-program"]))).toThrow(
        /cannot be run: there is no no-such-program; install it/,
      );
      expect(() => functionOf(builtBy(["node", "-e", "setTimeout(() => {}, 60000)"], { timeoutSeconds: 1 }))).toThrow(
        /took longer than 1 s/,
      );
      expect(() =>
        functionOf({
          ...builtBy(["node", "-e", "0"]),
          code: { folder: "never", build: { command: ["node", "-e", "0"], inputs: ["src"] } },
        }),
      ).toThrow(/there is no folder never/);
      expect(() => functionOf(builtBy(["node", "-e", "0"], { inputs: ["gone"] }))).toThrow(
        /has the input gone, which does not exist/,
      );
    });
  });
});

test("Advice on cold starts knows what runs the code", () => {
  const adviceOf = (config: object) =>
    startAdvice(serviceFunctionConfig.parse({ reservedConcurrency: null, ...config }));
  expect(adviceOf(entry)).toBeUndefined();
  expect(adviceOf(python)).toMatch(/^Python can start from snapshots.*costs for what is cached and restored/);
  expect(adviceOf({ ...python, snapStart: true })).toMatch(/coldStartMs is what a restore adds/);
  expect(adviceOf({ code: { archive: "a.jar" }, runtime: "java21", handler: "a.B" })).toMatch(/costs nothing/);
  expect(adviceOf({ code: { folder: "app" }, runtime: "provided.al2023" })).toMatch(/program of its own/);
  expect(adviceOf({ code: { folder: "app" }, runtime: "ruby3.4", handler: "app.handle" })).toBeUndefined();
  expect(adviceOf({ code: { image: { uris: { [region]: uri() } } } })).toMatch(/It is an image/);
});
