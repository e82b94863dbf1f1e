import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gateDocument } from "../../cli/documents/gate";
import { widthOf } from "../../output";
import { runProcess } from "../../terraform";
import { change, plan } from "../gates/plans";
import { hasProgram } from "../support/has-program";
import { temporaryFolder } from "../support/temporary-folder";

const main = resolve("dist", "cli", "main.js");
const address = "aws_dynamodb_table.orders-and-everything-that-belongs-to-them_table";

/** util-linux's `script` runs a command in a terminal of its own. */
const hasScript = hasProgram("script", ["-qec", "true", "/dev/null"], "bsdutils");

(hasScript ? describe : describe.skip)("In a real terminal", () => {
  const folder = join(temporaryFolder(), "prod-data");
  const file = join(folder, "plan.json");
  mkdirSync(folder);
  writeFileSync(file, JSON.stringify(plan([change(address, ["delete", "create"])])));

  /** What `gate` prints in a terminal of so many columns. */
  async function gate(columns: number, options = "", env: NodeJS.ProcessEnv = {}): Promise<string> {
    const command = `stty cols ${columns}; "${process.execPath}" "${main}" gate "${file}" ${options}`;
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

  test("a document is all there is on standard output, without colours", async () => {
    const text = await gate(80, "--json 2>/dev/null");
    expect(gateDocument.schema.parse(JSON.parse(text))).toMatchObject({ passed: false });
  });
});
