import { describeEnd, outputOf, runProcess } from "../../terraform";

const node = (script: string, options: Partial<Parameters<typeof runProcess>[2]> = {}) =>
  runProcess(process.execPath, ["-e", script], { env: process.env, ...options });

describe("runProcess", () => {
  test("collects both streams and the exit code", async () => {
    const result = await node('console.log("out"); console.error("err"); process.exitCode = 7');
    expect(result).toEqual({ code: 7, signal: undefined, stdout: "out\n", stderr: "err\n" });
    expect(describeEnd(result)).toBe("exit code 7");
  });

  test("hands on whole lines, also the last one without its end and letters of several bytes", async () => {
    const lines: string[] = [];
    const script = `
      const bytes = Buffer.from("größer\\nzweite\\ndritte");
      process.stdout.write(bytes.subarray(0, 3), () => setTimeout(() => process.stdout.write(bytes.subarray(3)), 20));
    `;
    await node(script, { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["größer", "zweite", "dritte"]);
  });

  test("says which signal ended a process, and gives no exit code then", async () => {
    const result = await node('process.kill(process.pid, "SIGKILL")');
    expect(result).toMatchObject({ code: undefined, signal: "SIGKILL" });
    expect(describeEnd(result)).toBe("signal SIGKILL");
  });

  test("says why a program cannot be started", async () => {
    const result = await runProcess("no-such-program", [], { env: process.env });
    expect(result).toMatchObject({ failure: expect.stringContaining("ENOENT") });
    expect(describeEnd(result)).toContain("ENOENT");
  });

  test("takes variables out of the environment that are undefined", async () => {
    const { stdout } = await node('console.log("A" in process.env, process.env.B)', {
      env: { ...process.env, A: undefined, B: "b" },
    });
    expect(stdout).toBe("false b\n");
  });

  test("interrupts a process that runs, and one that starts after the signal", async () => {
    const script = 'console.log("begun"); setInterval(() => {}, 1000)';
    const stop = new AbortController();
    const running = node(script, { signal: stop.signal, onLine: () => stop.abort() });
    expect(await running).toMatchObject({ signal: "SIGINT", stdout: "begun\n" });
    expect(await node("setInterval(() => {}, 1000)", { signal: stop.signal })).toMatchObject({ signal: "SIGINT" });
  });
});

describe("outputOf", () => {
  test("gives what a command prints, and throws when it fails or is missing", () => {
    expect(outputOf(process.execPath, ["-e", 'console.log("said")'])).toBe("said\n");
    expect(() => outputOf(process.execPath, ["-e", "process.exit(3)"])).toThrow(/ended with exit code 3$/);
    expect(() => outputOf("no-such-program", [])).toThrow(/ENOENT/);
  });
});
