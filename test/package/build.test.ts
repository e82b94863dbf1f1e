import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

/** A small project with the two compilations that this one has. */
function project(): string {
  const folder = temporaryFolder("build-");
  const options = { target: "es2022", rootDir: ".", declaration: true, types: [] };
  const config = (outDir: string, module: string, include: string[]) =>
    JSON.stringify({ compilerOptions: { ...options, outDir, module, moduleResolution: "bundler" }, include });
  writeFileSync(join(folder, "tsconfig.build.json"), config("dist", "commonjs", ["*.ts", "runtime/*.ts"]));
  writeFileSync(join(folder, "tsconfig.esm.json"), config("dist/esm", "esnext", ["runtime/*.ts"]));
  writeFileSync(join(folder, "index.ts"), "export const one = 1;\n");
  mkdirSync(join(folder, "runtime"));
  writeFileSync(join(folder, "runtime", "two.ts"), "export const two = 2;\n");
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

const build = (cwd: string) =>
  runProcess(process.execPath, [resolve("scripts", "build", "build.js")], { cwd, env: process.env });

describe("npm run build", () => {
  test("compiles to CommonJS, and what runs in Lambda to ES modules without side effects as well", async () => {
    const folder = project();
    expect(await build(folder)).toMatchObject({ code: 0, stdout: "" });
    const read = (...path: string[]) => readFileSync(join(folder, "dist", ...path), "utf8");
    expect(read("runtime", "two.js")).toContain("exports.two = 2");
    expect(read("esm", "runtime", "two.js")).toContain("export const two = 2");
    expect(JSON.parse(read("esm", "package.json"))).toEqual({
      type: "module",
      sideEffects: ["./runtime/tracing/start.js", "./runtime/vault/identity-tokens.js"],
    });
  });

  test("removes what earlier builds left, with empty folders, and nothing else", async () => {
    const folder = project();
    mkdirSync(join(folder, "dist", "gone", "deep"), { recursive: true });
    const stale = ["stale.js", "gone/deep/stale.d.ts"].map((path) => join(folder, "dist", path));
    for (const path of stale) writeFileSync(path, "");
    await build(folder);
    expect([...stale, join(folder, "dist", "gone")].filter((path) => existsSync(path))).toEqual([]);
    for (const path of ["index.js", "index.d.ts", "esm/runtime/two.js"]) {
      expect([path, existsSync(join(folder, "dist", path))]).toEqual([path, true]);
    }
  });

  test("does nothing while sources and output are those of the last build, and builds again after any change of either", async () => {
    const folder = project();
    await build(folder);
    const output = join(folder, "dist", "index.js");
    const written = () => statSync(output).mtimeMs;
    const first = written();
    await build(folder);
    expect(written()).toBe(first);

    const changes: (() => void)[] = [
      () => writeFileSync(join(folder, "runtime", "two.ts"), "export const two = 22;\n"),
      () => writeFileSync(join(folder, "runtime", "three.ts"), "export const three = 3;\n"),
      () => rmSync(join(folder, "dist", "runtime", "two.js")),
      () => writeFileSync(join(folder, "dist", "more.js"), ""),
      () => writeFileSync(output, "changed"),
    ];
    for (const change of changes) {
      change();
      const before = statSync(output).mtimeMs;
      await build(folder);
      expect(written()).not.toBe(before);
      expect(readFileSync(output, "utf8")).toContain("exports.one = 1");
    }
    expect(existsSync(join(folder, "dist", "more.js"))).toBe(false);
  });

  test("fails with the compiler's words, and then removes nothing", async () => {
    const folder = project();
    await build(folder);
    writeFileSync(join(folder, "dist", "stale.js"), "");
    writeFileSync(join(folder, "index.ts"), 'export const one: number = "1";\n');
    const { code, stdout } = await build(folder);
    expect(code).not.toBe(0);
    expect(stdout).toContain("index.ts(1,14): error TS2322");
    expect(existsSync(join(folder, "dist", "stale.js"))).toBe(true);
  });
});
