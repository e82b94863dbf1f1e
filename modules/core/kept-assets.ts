import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssetType, type ISynthesisSession, TerraformAsset, type TerraformStack } from "cdktf";

/** What the engine's asset keeps to itself. */
interface Asset {
  readonly stack: TerraformStack;
  readonly sourcePath: string;
  readonly namedFolder: string;
  readonly assetHash: string;
  readonly path: string;
  readonly type: AssetType;
  _onSynthesize(session: ISynthesisSession): void;
}

let isKept = false;

/** Leaves a file that an earlier synthesis has put into the output where it is, if it is the same: the engine removes and copies it again. */
export function keepAssets(): void {
  if (isKept) return;
  isKept = true;
  const prototype = TerraformAsset.prototype as unknown as Asset;
  const { _onSynthesize: byEngine } = prototype;
  prototype._onSynthesize = function (session) {
    if (!isThere(this, session)) byEngine.call(this, session);
  };
}

function isThere(
  { stack, type, sourcePath, namedFolder, assetHash, path }: Asset,
  session: ISynthesisSession,
): boolean {
  if (type !== AssetType.FILE) return false;
  const { outdir } = session.manifest;
  const folder = join(outdir, dirname(session.manifest.forStack(stack).synthesizedStackPath));
  const versions = join(folder, namedFolder);
  if (!existsSync(join(folder, path)) || readdirSync(versions).join() !== assetHash) return false;
  return readFileSync(join(folder, path)).equals(readFileSync(sourcePath));
}
