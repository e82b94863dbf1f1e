// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources as text
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { messagesIn, messagesOf, messagesPage } from "../../scripts/messages/messages";

const root = join(__dirname, "..", "..");

describe("The messages of the checks", () => {
  const messages = messagesIn(root);

  test("are in the reference, as `npm run docs` writes them", () => {
    expect(readFileSync(join(root, "docs", "reference", "messages.md"), "utf8")).toBe(messagesPage(messages));
    expect(messages.length).toBeGreaterThan(400);
  });

  test("go on with the sentence that their path begins, and say what to do", () => {
    const wrong = messages.filter(
      ({ problem, remedy }) => /^[A-Z][a-z]|[.,:]$/.test(problem) || /^[A-Z][a-z]+ [a-z]/.test(remedy),
    );
    expect(wrong.map(({ file, problem, remedy }) => `${file}: ${problem}; ${remedy}`)).toEqual([]);
  });

  test("are found in texts, in templates and in errors that are given them in two parts, but not in descriptions", () => {
    const source = [
      "report(path, `is above ${limits[0].most}; use at most ${limits[0].most}`);",
      'text.regex(/^a/, "is not a name; begin it with a").describe("A name; it never changes");',
      'throw new ConstructError(this, "has no region", "pass one");',
    ].join("\n");
    expect(messagesOf("modules/x.ts", source)).toEqual([
      { file: "modules/x.ts", problem: "is above <most>", remedy: "use at most <most>" },
      { file: "modules/x.ts", problem: "is not a name", remedy: "begin it with a" },
      { file: "modules/x.ts", problem: "has no region", remedy: "pass one" },
    ]);
  });
});
