import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeNewFiles } from "../../scaffold";
import { runProcess } from "../../terraform";
import { succeed, unpack } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";

const script = resolve("scripts", "build", "packed-links.js");
const readme = [
  "See [the guide](docs/guide.md#first), [`docs`](docs/), [the source\nof it](src/index.ts#L1), [tests](test) and",
  "[elsewhere](https://example.com/a.md), [below](#below). In code `[x](src/no.ts)` is no link:",
  "```md\n[nor here](src/no.ts)\n```\n",
].join("\n");

/** A package whose README links to a document that is packed, and to sources that are not. */
function packageWith(fields: object = {}, text = readme): string {
  const folder = temporaryFolder("links-");
  const manifest = {
    name: "linked",
    version: "1.2.3",
    files: ["docs"],
    scripts: { prepack: `node "${script}" rewrite`, postpack: `node "${script}" restore` },
    ...fields,
  };
  writeNewFiles(
    folder,
    new Map([
      ["package.json", JSON.stringify(manifest)],
      ["README.md", text],
      ["docs/guide.md", "[back](../README.md), [source](../src/index.ts)\n"],
      ["src/index.ts", ""],
      ["test/index.test.ts", ""],
    ]),
  );
  return folder;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

/** The documents as npm packs them. */
async function packed(folder: string): Promise<{ readme: string; guide: string }> {
  await succeed("npm", ["pack", "--silent"], folder);
  const contents = await unpack(join(folder, "linked-1.2.3.tgz"), temporaryFolder());
  return { readme: read(contents, "README.md"), guide: read(contents, "docs/guide.md") };
}

describe("Links of packed documents", () => {
  test("lead to the repository where the package lacks what they lead to, and the documents stay as they are", async () => {
    const folder = packageWith({ repository: { type: "git", url: "git+https://git.example.com/us/linked.git" } });
    const { readme: text, guide } = await packed(folder);
    const page = "https://git.example.com/us/linked";
    expect(text).toBe(
      readme
        .replace("](src/index.ts#L1)", `](${page}/blob/v1.2.3/src/index.ts#L1)`)
        .replace("](test)", `](${page}/tree/v1.2.3/test)`),
    );
    expect(guide).toBe(`[back](../README.md), [source](${page}/blob/v1.2.3/src/index.ts)\n`);
    expect(read(folder, "README.md")).toBe(readme);
    expect(read(folder, "docs/guide.md")).toContain("(../src/index.ts)");
  });

  test("are only their text where no repository is known", async () => {
    const { readme: text, guide } = await packed(packageWith());
    expect(text).toBe(
      readme.replace("[the source\nof it](src/index.ts#L1), [tests](test)", "the source\nof it, tests"),
    );
    expect(guide).toBe("[back](../README.md), source\n");
  });

  test.each([
    ["README.md links to src/gone.ts, which does not exist; correct the link", {}, "[gone](src/gone.ts)"],
    ['repository is "us/linked"; write it as git+https://host/owner/name.git', { repository: "us/linked" }, readme],
  ])("stop npm where %s", async (said, fields, text) => {
    const folder = packageWith(fields, text);
    await expect(succeed("npm", ["pack"], folder)).rejects.toThrow(said);
    expect(read(folder, "README.md")).toBe(text);
  });

  test("are put back after a run that was killed, but not over a change", async () => {
    const folder = packageWith();
    await succeed(process.execPath, [script, "rewrite"], folder);
    writeFileSync(join(folder, "docs", "guide.md"), "mine\n");
    const { stderr } = await runProcess(process.execPath, [script, "restore"], { cwd: folder, env: process.env });
    expect(stderr).toBe("docs/guide.md was changed while it was packed, and is left as it is\n");
    expect([read(folder, "README.md"), read(folder, "docs/guide.md")]).toEqual([readme, "mine\n"]);
  });
});
