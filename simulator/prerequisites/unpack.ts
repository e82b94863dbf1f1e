import { closeSync, createReadStream, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { Unzip, UnzipInflate } from "fflate";
import { SimulatorError } from "../errors";
import type { Machine } from "./machine";
import { awsProvider, type FoundProvider, ownCache } from "./provider";

/** Unpacks a packed provider into the project's own cache, chunk by chunk, because the program is 700 MB. */
export async function unpackProvider(archive: string, machine: Machine): Promise<FoundProvider> {
  const folder = path.join(
    ownCache(machine),
    awsProvider.host,
    awsProvider.source,
    awsProvider.version,
    machine.platform,
  );
  mkdirSync(folder, { recursive: true });
  const target = path.join(folder, `terraform-provider-${awsProvider.name}_v${awsProvider.version}_x5`);
  // Under another name until it is complete, so that an interrupted run leaves nothing that looks like a provider.
  const partial = path.join(folder, `.partial-${process.pid}`);
  const file = openSync(partial, "w", 0o755);
  let found = false;
  const unzip = new Unzip((entry) => {
    if (!path.basename(entry.name).startsWith(`terraform-provider-${awsProvider.name}`)) return;
    found = true;
    entry.ondata = (error, chunk) => {
      if (error) throw error;
      writeSync(file, chunk);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of createReadStream(archive)) unzip.push(chunk as Buffer);
    unzip.push(new Uint8Array(), true);
    if (!found) throw new SimulatorError(`The provider archive ${path.basename(archive)} does not contain a provider.`);
    renameSync(partial, target);
  } finally {
    closeSync(file);
    rmSync(partial, { force: true });
  }
  return { path: target, packed: false };
}
