import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gateDocument } from "../../cli/documents/gate";
import { widthOf } from "../../output";
import { runProcess } from "../../terraform";
import { change, plan } from "../gates/plans";
import { temporaryFolder } from "../support/temporary-folder";

const main = resolve("dist", "cli", "main.js");
const address = "aws_dynamodb_table.orders-and-everything-that-belongs-to-them_table";

/**
 * Whether there is util-linux's `script`, which runs a command in a terminal of its own. With EVENKEEL_REQUIRE, a comma-separated
 * list, that it is missing is an error.
 */
function hasScript(): boolean {
  const found = spawnSync("script", ["-qec", "true", "/dev/null"], { stdio: "ignore" }).status === 0;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (!found && required.includes("script")) {
    throw new Error("EVENKEEL_REQUIRE names script, but it does not run here; install it (Debian: bsdutils).");
  }
  return found;
}

(hasScript() ? describe : describe.skip)("In a real terminal", () => {
  const folder = join(temporaryFolder(), "prod-data");
  const file = join(folder, "plan.json");
  mkdirSync(folder);
  writeFileSync(file, JSON.stringify(plan([change(address, ["delete", "create"])])));

  /** What `gate` prints in a terminal of so many columns. */
  async function gate(columns: number, options = "", env: NodeJS.ProcessEnv = {}): Promise<string> {
    const command = `stty cols ${columns}; "${process.execPath}" "${main}" gate ${options} "${file}"`;
    const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...inherited } = process.env;
    const { code, stdout } = await runProcess("script", ["-qec", command, "/dev/null"], {
      cwd: folder,
      env: { ...inherited, TERM: "xterm", ...env },
    });
    expect([code, stdout]).toEqual([1, expect.stringContaining(address)]);
    return stdout.replaceAll("\r\n", "\n");
  }

  // biome-ignore lint/suspicious/noControlCharactersInRegex: the beginning of a colour.
  const colour = /\u001b\[3\dm/;

  test("a table fits it, has colours, and an address in one piece", async () => {
    const text = await gate(100);
    const wide = text.split("\n").filter((line) => widthOf(line) > 100 && !line.includes(address));
    expect(wide).toEqual([]);
    expect(text).toMatch(colour);
    expect(text).not.toMatch(/[│\t]/);
    expect(await gate(240)).toMatch(/│ prod-data +│ aws_dynamodb_table/);
  });

  test("NO_COLOR, COLUMNS and --wide count", async () => {
    const text = await gate(240, "", { NO_COLOR: "1", COLUMNS: "90" });
    expect(text).not.toMatch(colour);
    expect(text).not.toMatch(/│/);
    expect(await gate(80, "--wide")).toMatch(/│ prod-data +│ aws_dynamodb_table/);
  });

  test("a document is all there is, without colours", async () => {
    const text = await gate(80, "--json");
    expect(gateDocument.schema.parse(JSON.parse(text))).toMatchObject({ passed: false });
  });
});
