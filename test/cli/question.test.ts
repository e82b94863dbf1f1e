import { PassThrough } from "node:stream";
import { ask, checkSomebodyAnswers } from "../../cli/deployment/question";

/** Streams of a terminal, or of a pipe. */
function streams(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  return { input, output: new PassThrough() };
}

describe("A question", () => {
  test("is answered by a line, without the spaces around it", async () => {
    const { input, output } = streams(true);
    const answer = ask("Go on? ", undefined, { input, output });
    input.write("  yes \n");
    expect(await answer).toBe("yes");
    expect(String(output.read())).toContain("Go on? ");
  });

  test("has no answer when the input ends, or the run", async () => {
    const closed = streams(true);
    const unanswered = ask("Go on? ", undefined, closed);
    closed.input.end();
    expect(await unanswered).toBeUndefined();
    const open = streams(true);
    const stop = new AbortController();
    const interrupted = ask("Go on? ", stop.signal, open);
    stop.abort();
    expect(await interrupted).toBeUndefined();
    expect(await ask("Go on? ", stop.signal, streams(true))).toBeUndefined();
  });

  test("is refused before anything is done where there is no terminal", () => {
    expect(() => checkSomebodyAnswers("deploy prod", streams(false))).toThrow(
      "evenkeel deploy prod asks before it changes anything, and there is no terminal to ask on; pass --auto-approve",
    );
    checkSomebodyAnswers("deploy prod", streams(true));
  });
});
