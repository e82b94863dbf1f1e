import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceAction } from "./deploy-log";

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: { readonly id?: unknown; readonly arn?: unknown } }[];
  }[];
}

interface Recorded {
  readonly identity: string;
  readonly attributes: string;
}

/** What a folder of state files says of each resource, by `<stack> <address>`. */
export type Snapshot = ReadonlyMap<string, Recorded>;

/** Reads every local state file of a folder; an absent folder holds nothing. */
export function stateSnapshot(folder: string): Snapshot {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".tfstate")) : [];
  return new Map(
    files.flatMap((file) => {
      const { resources } = JSON.parse(readFileSync(join(folder, file), "utf8")) as StateFile;
      return resources
        .filter(({ mode }) => mode === "managed")
        .map(({ type, name, instances }): [string, Recorded] => [
          `${file.replace(/\.tfstate$/, "")} ${type}.${name}`,
          {
            identity: JSON.stringify(instances.map(({ attributes: { id, arn } }) => [id, arn])),
            attributes: JSON.stringify(instances.map(({ attributes }) => attributes)),
          },
        ]);
    }),
  );
}

/**
 * What a deployment did, from the states before and after it: cdktf-cli loses the end of what it prints, so that its
 * progress is no record. A resource counts as replaced when its id or ARN is another, or Terraform was seen to replace it.
 */
export function stateChanges(before: Snapshot, after: Snapshot, seen: readonly ResourceAction[]): ResourceAction[] {
  const replaced = new Set(seen.filter(({ action }) => action === "replaced").map(keyOf));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): ResourceAction[] => {
    const [stack = "", address = ""] = key.split(" ");
    const [old, now] = [before.get(key), after.get(key)];
    if (!now) return [{ stack, address, action: "destroyed" }];
    if (!old) return [{ stack, address, action: "added" }];
    if (old.identity !== now.identity || replaced.has(key)) return [{ stack, address, action: "replaced" }];
    return old.attributes === now.attributes ? [] : [{ stack, address, action: "changed" }];
  });
}

const keyOf = ({ stack, address }: ResourceAction): string => `${stack} ${address}`;
