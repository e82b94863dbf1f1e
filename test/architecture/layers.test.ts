import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "..", "..");

/** The folders of the toolkit, and those that each may import from; see docs/architecture.md. */
const mayImport: Record<string, readonly string[]> = {
  "main.ts": ["environments", "stacks", "modules", "errors"],
  "index.ts": [
    "environments",
    "stacks",
    "blueprints",
    "modules",
    "gates",
    "simulator",
    "rehearsal",
    "terraform",
    "errors",
  ],
  cli: ["environments", "stacks", "modules", "rehearsal", "gates", "simulator", "topology", "terraform", "errors"],
  bench: ["environments", "stacks", "modules", "cli", "terraform"],
  rehearsal: ["gates", "simulator", "terraform", "errors"],
  topology: ["terraform", "errors"],
  environments: ["stacks", "blueprints", "modules"],
  stacks: ["blueprints", "modules"],
  blueprints: ["modules"],
  modules: ["errors"],
  services: ["runtime"],
  handlers: ["runtime"],
  runtime: [],
  simulator: ["terraform", "errors"],
  gates: ["terraform", "errors"],
  terraform: ["errors"],
  errors: [],
};

/** npm packages that only some folders may use. */
const packagesOf: readonly { readonly packages: RegExp; readonly folders: readonly string[] }[] = [
  {
    packages: /^(cdktf|@cdktf\/provider-.*|constructs)$/,
    folders: ["main.ts", "cli", "bench", "environments", "stacks", "blueprints", "modules"],
  },
  { packages: /^@aws-sdk\/|^@aws-lambda-powertools\/|^@smithy\//, folders: ["runtime", "services", "handlers"] },
];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly target: string;
}

function sourceFiles(): string[] {
  const places = Object.keys(mayImport).filter((place) => existsSync(join(root, place)));
  return places.flatMap((place) =>
    place.endsWith(".ts")
      ? [place]
      : readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".ts"))
          .map((file) => posix.join(place, file.split("\\").join("/"))),
  );
}

function imports(): Import[] {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: sourceFiles(),
    bundle: true,
    packages: "external",
    platform: "node",
    metafile: true,
    write: false,
    outdir: "unused",
    logLevel: "silent",
  });
  return Object.entries(metafile.inputs).flatMap(([file, input]) =>
    input.imports.map(({ path }) => ({ file, from: placeOf(file), target: path })),
  );
}

const placeOf = (file: string): string => file.split("/")[0] ?? file;
const packageOf = (target: string): string =>
  target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");

describe("The source", () => {
  const all = imports();
  const own = all.filter(({ target }) => Object.keys(mayImport).includes(placeOf(target)));

  test("is seen by this test", () => {
    expect(own.length).toBeGreaterThan(100);
  });

  test("imports from lower folders only", () => {
    const upward = own.filter(
      ({ from, target }) => placeOf(target) !== from && !mayImport[from]?.includes(placeOf(target)),
    );
    expect(upward).toEqual([]);
  });

  test("imports other modules through their index, and core from everywhere", () => {
    const inside = own.filter(
      ({ file, target }) =>
        target.startsWith("modules/") &&
        !target.startsWith("modules/core/") &&
        !target.endsWith("/index.ts") &&
        target.split("/")[1] !== file.split("/")[1],
    );
    expect(inside).toEqual([]);
  });

  test("keeps cdktf out of what runs in Lambda, and AWS SDKs out of what synthesizes", () => {
    const misplaced = all.filter(({ from, target }) =>
      packagesOf.some(({ packages, folders }) => packages.test(packageOf(target)) && !folders.includes(from)),
    );
    expect(misplaced).toEqual([]);
  });

  test("imports provider classes one by one, never the barrel", () => {
    const barrel = all.filter(({ target }) => /^@cdktf\/provider-[a-z]+(\/lib)?(\/index)?$/.test(target));
    expect(barrel).toEqual([]);
  });
});
