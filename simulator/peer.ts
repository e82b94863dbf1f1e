import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The Terraform process at the other end of a connection. */
export interface Peer {
  pid: number;
  /** Where it runs. */
  folder: string;
  /** Its arguments, without the program name. */
  args: string[];
}

/** Processes that were found, the latest first: one Terraform makes several connections. */
let found: readonly string[] = [];

/**
 * Finds the process that a connection to this port came from; undefined on systems without /proc, or when it is not
 * known.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 * @param address The client's end of the connection, `127.0.0.1:<port>`.
 * @param serverPort This server's port: connections to other servers may come from the same port at the same time.
 */
export function findPeer(address: string, serverPort: number): Peer | undefined {
  const port = Number(address.split(":").pop());
  try {
    const inode = socketInode(port, serverPort);
    if (!inode) return undefined;
    const pid = found.find((one) => holds(one, inode)) ?? latestProcesses().find((one) => holds(one, inode));
    if (!pid) return undefined;
    found = [pid, ...found.filter((one) => one !== pid)].slice(0, 8);
    const [, ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
    return { pid: Number(pid), folder: readlinkSync(`/proc/${pid}/cwd`), args };
  } catch {
    return undefined;
  }
}

/** All processes, those with the highest ids first, as Terraform has just been started. */
const latestProcesses = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a));

function socketInode(port: number, serverPort: number): string | undefined {
  const [local, remote] = [port, serverPort].map(
    (end) => `0100007F:${end.toString(16).toUpperCase().padStart(4, "0")}`,
  );
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const fields = line.trim().split(/\s+/);
    if (fields[1] === local && fields[2] === remote) return fields[9];
  }
  return undefined;
}

function holds(pid: string, inode: string): boolean {
  // Terraform, whatever its program is called, is not this process.
  if (Number(pid) === process.pid) return false;
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => link(`${folder}/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}
