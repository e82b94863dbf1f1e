import { hostname, userInfo } from "node:os";

/** Who runs this process, and where: `ada@laptop`. */
export const whoRuns = (): string => `${userName()}@${hostname()}`;

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An id without an entry, as in some containers.
    return String(process.getuid?.() ?? "unknown");
  }
}
