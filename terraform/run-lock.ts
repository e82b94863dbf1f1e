import {
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { UserError } from "../errors";
import type { Json } from "./json";

/** Something that only one run may work with is in use. */
export class InUseError extends UserError {
  override readonly name = "InUseError";
}

/** Locks that this process has asked for; it may ask for one again while it holds it. */
let count = 0;
function nextNumber(): number {
  count += 1;
  return count;
}

/** Who works with a folder. */
export interface Holder {
  readonly pid: number;
  /** When the process started, in the system's own units; "" where the system does not tell. It tells processes with one pid apart. */
  readonly started: string;
  readonly host: string;
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface RunLockOptions {
  /** The file that says who works; it exists as long as somebody does. */
  readonly file: string;
  /** What is in use, for messages: `the output folder .evenkeel/deploy/prod`. */
  readonly what: string;
  /** What this process does, for messages of others: `evenkeel deploy prod`. */
  readonly command: string;
}

/**
 * Takes a lock between processes of this machine. The lock of a process that is gone, however it ended, is taken over.
 * @returns what releases it
 * @throws InUseError naming the process that holds it
 */
export function takeRunLock({ file, what, command }: RunLockOptions): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const own: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    command,
    since: new Date().toISOString(),
  };
  // Written aside and linked, so that nobody ever reads half of it.
  const aside = `${file}.${process.pid}.${nextNumber()}`;
  writeFileSync(aside, JSON.stringify(own));
  try {
    while (!linked(aside, file)) {
      const text = read(file);
      if (text === undefined) continue;
      const holder = parse(text);
      if (holder && isAlive(holder)) throw inUse(what, holder, file);
      takeAway(file, text);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  const release = () => {
    if (read(file) === JSON.stringify(own)) unlinkSync(file);
    process.off("exit", release);
  };
  process.once("exit", release);
  return release;
}

/** Waits until it can take a lock. @param pollMs how often it looks, in milliseconds */
export async function waitForRunLock(options: RunLockOptions, pollMs = 100): Promise<() => void> {
  for (;;) {
    try {
      return takeRunLock(options);
    } catch (error) {
      if (!(error instanceof InUseError)) throw error;
    }
    await new Promise((done) => setTimeout(done, pollMs));
  }
}

/** Who holds a lock, if anybody does. */
export function readRunLock(file: string): Holder | undefined {
  const holder = parse(read(file) ?? "");
  return holder && isAlive(holder) ? holder : undefined;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes away the lock of a process that is gone; of several that try, one gets it, and may have got a newer lock by then. */
function takeAway(file: string, text: string): void {
  const taken = `${file}.${process.pid}.${nextNumber()}.left`;
  try {
    renameSync(file, taken);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (read(taken) !== text) linked(taken, file);
  rmSync(taken, { force: true });
}

function inUse(what: string, { pid, host, command, since }: Holder, file: string): InUseError {
  const where = host === hostname() ? "" : ` on ${host}`;
  return new InUseError(
    `${what} is in use by process ${pid}${where} ("${command}", since ${since}). Wait for it; ` +
      `or, if it does nothing of the kind, remove ${file}.`,
  );
}

function isAlive({ pid, started, host }: Holder): boolean {
  // Whether a process of another machine is alive cannot be known from here.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return started === "" || startOf(pid) === started;
}

/**
 * What tells the processes of one machine from those of all others: its name, and on Linux its boot and the namespace of its process ids
 * as well, as containers of different machines can have one name.
 */
export function machineOf(): string {
  const boot = read("/proc/sys/kernel/random/boot_id")?.trim();
  return [hostname(), boot, boot && linkOf("/proc/self/ns/pid")].filter(Boolean).join(" ");
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine still runs that had this id and began at this time. */
export const isRunning = (process: Pick<Holder, "pid" | "started">): boolean =>
  isAlive({ ...process, host: hostname(), command: "", since: "" });

/** When this process started, in the form of `Holder.started`. */
export const ownStart = (): string => startOf(process.pid);

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startOf(pid: number): string {
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, "")
    .split(" ");
  // A zombie has ended, and waits for its parent to notice.
  return fields === undefined ? "" : fields[0] === "Z" ? "ended" : (fields[19] ?? "");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Json;
    return typeof holder.pid === "number" ? (holder as unknown as Holder) : undefined;
  } catch {
    return undefined;
  }
}
