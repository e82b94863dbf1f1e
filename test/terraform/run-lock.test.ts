import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { InUseError, runProcess, takeRunLock, waitForRunLock } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const lockIn = (folder: string) => ({ file: join(folder, "out.lock"), what: "out", command: "evenkeel deploy dev" });

/** The pid of a process that has ended. */
async function endedPid(): Promise<number> {
  return Number((await runProcess(process.execPath, ["-e", "console.log(process.pid)"], { env: process.env })).stdout);
}

describe("takeRunLock", () => {
  test("refuses a second one with the process that holds the first, and gives it when that is released", () => {
    const lock = lockIn(temporaryFolder());
    const release = takeRunLock(lock);
    expect(() => takeRunLock(lock)).toThrow(InUseError);
    expect(() => takeRunLock(lock)).toThrow(`out is in use by process ${process.pid} ("evenkeel deploy dev", since `);
    release();
    expect(existsSync(lock.file)).toBe(false);
    takeRunLock(lock)();
  });

  test("takes over from a process that is gone, and from half a file", async () => {
    const folder = temporaryFolder();
    const lock = lockIn(folder);
    const holder = { pid: await endedPid(), started: "", host: hostname(), command: "x", since: "y" };
    for (const left of [JSON.stringify(holder), "{", ""]) {
      writeFileSync(lock.file, left);
      const release = takeRunLock(lock);
      expect(JSON.parse(readFileSync(lock.file, "utf8"))).toMatchObject({ pid: process.pid });
      release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("takes over where another process has the number of one that is gone", () => {
    const lock = lockIn(temporaryFolder());
    const holder = { pid: process.pid, started: "another time", host: hostname(), command: "x", since: "y" };
    writeFileSync(lock.file, JSON.stringify(holder));
    takeRunLock(lock)();
    expect(existsSync(lock.file)).toBe(false);
  });

  test("does not judge a process of another machine", () => {
    const lock = lockIn(temporaryFolder());
    const holder = { pid: 1, started: "", host: "elsewhere", command: "x", since: "y" };
    writeFileSync(lock.file, JSON.stringify(holder));
    expect(() => takeRunLock(lock)).toThrow(/in use by process 1 on elsewhere/);
  });
});

describe("waitForRunLock", () => {
  test("gets the lock once it is released", async () => {
    const lock = lockIn(temporaryFolder());
    const release = takeRunLock(lock);
    const order: string[] = ["first"];
    const next = waitForRunLock(lock, 1).then((done) => {
      order.push("next");
      done();
    });
    order.push("released");
    release();
    await next;
    expect(order).toEqual(["first", "released", "next"]);
  });
});
