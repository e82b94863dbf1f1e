import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Something that is broken, to see whether the count notices. */
interface Breakage {
  /** In the bundle of the function; without it, it is the server's configuration. */
  readonly file?: RegExp;
  readonly from?: string;
  readonly to?: string;
  /** What it does, for the page. */
  readonly what: string;
  /** What the count says of it. */
  readonly found: string;
}

export const breakages = {
  keeping: {
    file: /runtime[\\/]vault[\\/]database-lease\.ts$/,
    from: "if (!alive || vault.now() >= alive.expiresAt) throw error;",
    to: "if (alive || !alive) throw error;",
    what: "a login is given up as soon as the server does not renew it, although it is valid still",
    found: "queries failed that could have succeeded",
  },
  replacing: {
    file: /runtime[\\/]vault[\\/]database-lease\.ts$/,
    from: "const fresh = lease && now < lease.renewAt && vault.isFresh(lease.session);",
    to: "const fresh = lease !== undefined; this.forget = () => true;",
    what: "a login is kept for good",
    found: "queries failed that could have succeeded",
  },
  revoking: {
    what: "the role's statements do not remove the user at the end of its lease",
    found: "users that stayed in PostgreSQL",
  },
} as const satisfies Record<string, Breakage>;

export type BreakageName = keyof typeof breakages;

/** The plugin that breaks something in a bundle; none for what is broken elsewhere. */
export function breaking(name: BreakageName | undefined): Plugin[] {
  const { file, from = "", to = "" }: Breakage = (name && breakages[name]) ?? { what: "", found: "" };
  if (!file) return [];
  return [
    {
      name: "breaking",
      setup({ onLoad }) {
        onLoad({ filter: file }, ({ path }) => {
          const source = readFileSync(path, "utf8");
          if (!source.includes(from)) throw new Error(`${path} has no ${from}; correct breakages.`);
          return { contents: source.replace(from, to), loader: "ts" };
        });
      },
    },
  ];
}
