import { homedir } from "node:os";

/** What the search for Terraform and the provider depends on; tests give their own. */
export interface Machine {
  env: NodeJS.ProcessEnv;
  home: string;
  /** The project's folder, which contains its own cache. */
  cwd: string;
  /** Terraform's name of the platform, e.g. `linux_amd64`. */
  platform: string;
  /** Folders for shared data and add-on software, where installers put provider mirrors. */
  roots: string[];
}

const systems: Record<string, string> = { win32: "windows" };
const architectures: Record<string, string> = { x64: "amd64", ia32: "386" };

/** The machine that this process runs on. @see https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html */
export function thisMachine(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Machine {
  const system = systems[process.platform] ?? process.platform;
  return {
    env,
    home: homedir(),
    cwd,
    platform: `${system}_${architectures[process.arch] ?? process.arch}`,
    roots: process.platform === "win32" ? [] : ["/usr/share", "/usr/local/share", "/opt"],
  };
}
