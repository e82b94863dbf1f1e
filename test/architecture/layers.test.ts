import { posix } from "node:path";
import { rollout } from "../../capabilities";
import type { Capability } from "../../contract";
import { type SourceFile, sourceFiles } from "./source-files";

/** The rooms of the toolkit, and those that each may import from, types included; see docs/architecture.md. */
const mayImport: Record<string, readonly string[]> = {
  "main.ts": ["index.ts"],
  "evenkeel.config.ts": ["environments", "accounts", "index.ts"],
  accounts: ["environments", "index.ts"],
  environments: ["index.ts"],
  "index.ts": ["config", "contract", "capabilities", "stacks", "blueprints", "modules", "synthesis", "errors"],
  "register.ts": ["loader"],
  scaffold: ["config", "values", "errors"],
  loader: ["errors"],
  // Tells the loader when the work is done, which stores then what was compiled.
  synthesis: ["config", "stacks", "modules", "loader", "errors"],
  cli: [
    "loader",
    "scaffold",
    "config",
    "contract",
    "stacks",
    "modules",
    "rehearsal",
    "rollout",
    "drift",
    "gates",
    "simulator",
    "topology",
    "report",
    "costs",
    "terraform",
    "forecast",
    // Which of a state's resources is which of a plan, and by which id it is imported.
    "identity",
    // Retries, and for how long consumers remember; nothing that loads an SDK.
    "runtime",
    "values",
    "output",
    "errors",
  ],
  bench: ["index.ts", "config", "stacks", "modules", "simulator", "cli", "terraform"],
  scripts: [
    "environments",
    "gates",
    "config",
    "contract",
    "evenkeel.config.ts",
    "rehearsal",
    "simulator",
    "terraform",
    "cli",
    "stacks",
    "modules",
    "forecast",
    "values",
    "errors",
    // The function that a soak queries with.
    "runtime",
  ],
  site: [],
  testing: ["config", "modules", "rehearsal", "gates", "simulator", "terraform"],
  rehearsal: ["gates", "simulator", "terraform", "errors"],
  // The simulated cloud only where something is foretold; the gates for what serves one region.
  rollout: ["gates", "simulator", "terraform", "errors"],
  // What has changed beside Terraform; the types of what an environment accepts.
  drift: ["contract", "gates", "terraform"],
  // Estimates what is synthesized, in memory.
  costs: ["config", "contract", "stacks", "modules", "terraform", "values"],
  // Only the verb synthesizes: a report is made from what was written.
  report: ["config", "gates", "topology", "terraform"],
  topology: ["terraform", "errors"],
  // Blueprints for the input types of an environment's parts only.
  config: ["contract", "capabilities", "blueprints", "modules", "loader", "values", "errors"],
  capabilities: ["contract", "blueprints", "modules", "values"],
  stacks: ["contract", "blueprints", "modules"],
  contract: ["blueprints", "modules", "terraform", "values"],
  blueprints: ["modules", "values"],
  modules: ["loader", "identity", "values", "errors"],
  services: ["runtime"],
  handlers: ["runtime", "forecast"],
  runtime: [],
  simulator: ["terraform", "identity", "values", "errors"],
  gates: ["contract", "terraform", "output", "errors"],
  terraform: ["errors"],
  output: [],
  identity: [],
  // Lambda runs it too: nothing but numbers.
  forecast: [],
  values: [],
  errors: [],
};

/** npm packages that only some rooms may use. */
const packagesOf: readonly { readonly packages: RegExp; readonly rooms: readonly string[] }[] = [
  {
    packages: /^(cdktf|@cdktf\/provider-.*|constructs)$/,
    rooms: [
      "synthesis",
      "cli",
      "costs",
      "bench",
      "scripts",
      "contract",
      "capabilities",
      "stacks",
      "blueprints",
      "modules",
    ],
  },
  // The verbs that call AWS load its clients when they run.
  // So does what encrypts bundles, which no synthesis loads.
  { packages: /^@aws-sdk\//, rooms: ["runtime", "services", "handlers", "cli", "rollout"] },
  { packages: /^@aws-lambda-powertools\//, rooms: ["runtime", "services", "handlers"] },
  { packages: /^@smithy\//, rooms: ["runtime", "services", "handlers", "cli"] },
];

const roomOf = (path: string): string => path.split("/")[0] ?? path;
const packageOf = (target: string): string =>
  target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");

const files = sourceFiles(Object.keys(mayImport));
const imports = files.flatMap(({ path, imports: targets }) =>
  targets.map((target) => ({ file: path, room: roomOf(path), target })),
);
const own = imports.filter(({ target }) => roomOf(target) in mayImport);

describe("The source", () => {
  test("is seen by this test, its types included", () => {
    expect(own.length).toBeGreaterThan(500);
    expect(own).toContainEqual({ file: "contract/rule.ts", room: "contract", target: "contract/network-call.ts" });
  });

  test("has no import that leads nowhere", () => {
    const known = new Set(files.map(({ path }) => path));
    expect(own.filter(({ target }) => !known.has(target))).toEqual([]);
  });

  test("imports from the rooms that each may import from", () => {
    const upward = own.filter(
      ({ room, target }) => roomOf(target) !== room && !mayImport[room]?.includes(roomOf(target)),
    );
    expect(upward).toEqual([]);
  });

  test("has no cycle of imports, not even of types", () => {
    expect(cyclesOf(files)).toEqual([]);
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
    const misplaced = imports.filter(({ room, target }) =>
      packagesOf.some(({ packages, rooms }) => packages.test(packageOf(target)) && !rooms.includes(room)),
    );
    expect(misplaced).toEqual([]);
  });

  test("imports provider classes one by one, never the barrel", () => {
    const barrel = imports.filter(({ target }) => /^@cdktf\/provider-[a-z]+(\/lib)?(\/index)?$/.test(target));
    expect(barrel).toEqual([]);
  });
});

describe("An additive capability", () => {
  const all: readonly Capability[] = Object.values(rollout).flat();
  const additive = all.filter(({ builds }) => builds);
  // Modules have props of their own, which may be called alike: they work in anyone's stack, and know no capability.
  // The scaffold writes an environment, as a user does.
  const rooms = Object.keys(mayImport).filter((room) => !["modules", "environments", "scaffold"].includes(room));

  test("is one that builds something", () => {
    expect(additive.length).toBeGreaterThan(9);
  });

  test.each(additive.map(({ name }) => name))("%s is named in its own folder and in the table only", (name) => {
    const folder = posix.join(
      "capabilities",
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    const elsewhere = files.filter(
      ({ path, words }) =>
        rooms.includes(roomOf(path)) &&
        path !== "capabilities/index.ts" &&
        // Generated from the schemas.
        path !== "config/input.ts" &&
        path !== `${folder}.ts` &&
        !path.startsWith(`${folder}/`) &&
        words.has(name) &&
        !needs(path).includes(name),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  /** What the capability of a file needs: the one reason to name another. */
  function needs(path: string): readonly string[] {
    const file = posix.basename(path, ".ts");
    const capability = additive.find(({ name }) => name.toLowerCase() === file.replaceAll("-", ""));
    return capability?.needs ?? [];
  }
});

/** Groups of files that import each other in a circle: the strongly connected components (Tarjan). */
function cyclesOf(all: readonly SourceFile[]): string[][] {
  const targets = new Map(all.map(({ path, imports: of }) => [path, of]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const connect = (path: string): void => {
    order.set(path, order.size);
    lowest.set(path, order.get(path) ?? 0);
    stack.push(path);
    for (const target of targets.get(path) ?? []) {
      if (!targets.has(target)) continue;
      if (!order.has(target)) connect(target);
      if (stack.includes(target)) lowest.set(path, Math.min(lowest.get(path) ?? 0, lowest.get(target) ?? 0));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1) found.push(group.sort());
  };
  for (const { path } of all) if (!order.has(path)) connect(path);
  return found;
}
