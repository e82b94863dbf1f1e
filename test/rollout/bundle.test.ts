import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { type PlannedStack, readBundle, writeBundle } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const output = join(folder, "output");

const files: Readonly<Record<string, string>> = {
  "manifest.json": '{"stacks":{}}',
  "stacks/shop-keys/cdk.tf.json": "{}",
  "stacks/shop-keys/plan": "a plan of Terraform",
  "stacks/shop-keys/plan.json": "not here",
  "stacks/shop-keys/.terraform.lock.hcl": "chosen providers",
  "stacks/shop-keys/.terraform/providers/aws": "not here",
  "stacks/shop-keys/errored.tfstate": "stays where it is",
  "stacks/shop-data/cdk.tf.json": '{"resource":{}}',
  "stacks/shop-data/plan": "on outputs that are not there",
  "stacks/shop-data/assets/handler.abc/handler.zip": "a zip",
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(output, path)), { recursive: true });
  writeFileSync(join(output, path), content);
}

const stack = (name: string, more: Partial<PlannedStack> = {}): PlannedStack => ({
  stack: name,
  plan: { format_version: "1.2", resource_changes: [] },
  changes: [],
  hasChanges: true,
  state: { lineage: "a", serial: 3 },
  predictedFrom: [],
  predicted: [],
  ...more,
});
const rollout = {
  stacks: [
    stack("shop-keys"),
    stack("shop-data", {
      state: {},
      predictedFrom: ["shop-keys"],
      predicted: [{ address: "aws_dynamodb_table.orders", path: ["server_side_encryption", 0], from: ["shop-keys"] }],
    }),
  ],
  unchanged: [],
  leftOut: [],
  foretold: { "shop-keys": { arn: "foretold" } },
};
const said = {
  environment: "shop",
  stage: "foundation",
  createdAt: "2026-01-01T00:00:00.000Z",
  commit: "0".repeat(40),
  tree: "1".repeat(40),
  dirty: false,
  versions: { evenkeel: "1.0.0" },
  waves: [
    { region: null, stacks: ["shop-keys"] },
    { region: null, stacks: ["shop-data"] },
  ],
  homeFirst: null,
};
let file: string;
beforeAll(async () => {
  file = await writeBundle(join(folder, "bundles"), output, rollout, said);
});

/** The bundle with one thing changed, under a name that fits its content or under its own. */
function changed(change: (contents: Record<string, Uint8Array>) => void, name?: string): string {
  const contents = unzipSync(readFileSync(file));
  change(contents);
  const bytes = zipSync(contents);
  const target = join(folder, name ?? `shop-${createHash("sha256").update(bytes).digest("hex")}.rollout`);
  writeFileSync(target, bytes);
  return target;
}

describe("A bundle", () => {
  test("holds what was planned, and neither plugins nor states", async () => {
    expect(basename(file)).toMatch(/^shop-[0-9a-f]{64}\.rollout$/);
    const target = join(folder, "read");
    const { about, reviewed, foretold, digest, encrypted, unpack } = await readBundle(file);
    expect(encrypted).toBe(false);
    unpack(target);
    expect(file).toContain(digest);
    expect(about).toMatchObject(said);
    expect(reviewed).toEqual(rollout.stacks.map(({ changes: _, ...rest }) => rest));
    expect(foretold).toEqual(rollout.foretold);
    const read = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(read.map(({ parentPath, name }) => join(parentPath, name).slice(target.length + 1)).sort()).toEqual([
      "manifest.json",
      "stacks/shop-data/assets/handler.abc/handler.zip",
      "stacks/shop-data/cdk.tf.json",
      "stacks/shop-keys/.terraform.lock.hcl",
      "stacks/shop-keys/cdk.tf.json",
      "stacks/shop-keys/plan",
    ]);
  });

  test("knows the stacks that it does not touch, and has no plan of theirs", async () => {
    const untouched = { stack: "shop-keys", state: { lineage: "a", serial: 3 } };
    const some = await writeBundle(
      join(folder, "some"),
      output,
      { ...rollout, stacks: [stack("shop-data")], unchanged: [{ stack: "shop-old" }], leftOut: [untouched] },
      said,
    );
    const { about, reviewed } = await readBundle(some);
    expect(about.untouched).toEqual([
      { stack: "shop-old", because: "unchanged" },
      { ...untouched, because: "left out" },
    ]);
    expect(reviewed.map(({ stack: name }) => name)).toEqual(["shop-data"]);
    expect(Object.keys(about.files).filter((path) => path.endsWith("/plan"))).toEqual(["output/stacks/shop-data/plan"]);
  });

  test("is the same file for the same rollout", async () => {
    expect(await writeBundle(join(folder, "again"), output, rollout, said)).toContain(basename(file));
  });

  test("replaces what is in a folder, but for plugins and states", async () => {
    const target = join(folder, "used");
    for (const path of ["stacks/shop-old/cdk.tf.json", "stacks/shop-keys/plan", "stacks/shop-keys/errored.tfstate"]) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), "before");
    }
    (await readBundle(file)).unpack(target);
    const content = (path: string) => readFileSync(join(target, path), "utf8");
    expect(content("stacks/shop-keys/plan")).toBe("a plan of Terraform");
    expect(content("stacks/shop-keys/errored.tfstate")).toBe("before");
    expect(() => content("stacks/shop-old/cdk.tf.json")).toThrow("ENOENT");
  });

  test("is refused with any byte changed, with its name", async () => {
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += 97) {
      const other = Uint8Array.from(bytes);
      other[at] = (other[at] ?? 0) ^ 1;
      const target = join(folder, basename(file));
      writeFileSync(target, other);
      await expect(readBundle(target)).rejects.toThrow(
        `${basename(file)}: is not the bundle that was written under this name`,
      );
    }
  });

  test("is refused with another file in it, though its name fits", async () => {
    const plan = "output/stacks/shop-keys/plan";
    await expect(
      readBundle(
        changed((contents) => {
          contents[plan] = Buffer.from("another");
        }),
      ),
    ).rejects.toThrow(`these files in it are not those that were planned: ${plan}`);
    await expect(
      readBundle(
        changed((contents) => {
          delete contents[plan];
        }),
      ),
    ).rejects.toThrow(plan);
    await expect(
      readBundle(
        changed((contents) => {
          contents["output/more"] = Buffer.from("more");
        }),
      ),
    ).rejects.toThrow("output/more");
    await expect(
      readBundle(
        changed((contents) => {
          contents["rollout.json"] = Buffer.from("{}");
        }),
      ),
    ).rejects.toThrow("no bundle of this version");
  });

  test("is refused without a checksum in its name, when it is missing, and when it is something else", async () => {
    await expect(readBundle(changed(() => undefined, "shop.rollout"))).rejects.toThrow("has no checksum in its name");
    await expect(readBundle(join(folder, "none.rollout"))).rejects.toThrow("cannot be read");
    const digest = createHash("sha256").update("text").digest("hex");
    writeFileSync(join(folder, `shop-${digest}.rollout`), "text");
    await expect(readBundle(join(folder, `shop-${digest}.rollout`))).rejects.toThrow("is no bundle");
  });
});
