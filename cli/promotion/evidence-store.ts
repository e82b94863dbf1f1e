import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EnvironmentDefinition } from "../../config";
import { activeState } from "../../contract";
import { UserError } from "../../errors";
import { type Evidence, evidenceSchema } from "../../rollout";
import { StateObjects } from "../aws/objects";
import type { CredentialsProvider } from "../aws/signed-request";

/** What should be evidence is none. */
export class EvidenceError extends UserError {
  override readonly name = "EvidenceError";
  override readonly exitCode = 2;
}

/** Where evidence of an environment is: beside its states. */
export interface EvidenceStore {
  /** The evidence of the files of a commit; undefined if they have not settled. @throws EvidenceError; AwsRefusedError */
  read(tree: string): Promise<Evidence | undefined>;
  /** In place of what an earlier rollout of the same files has left. @returns where it is */
  write(evidence: Evidence): Promise<string>;
}

/** @param credentials in place of the caller's own, where states are in S3 */
export function evidenceStoreOf(environment: EnvironmentDefinition, credentials?: CredentialsProvider): EvidenceStore {
  const { name, account, state } = environment.parse();
  if (state.backend === "local") return localStore(name);
  const objects = new StateObjects({ ...activeState(state), account, credentials });
  const keyOf = (tree: string): string => objects.keyOf(`rollouts/${name}/${tree}.json`);
  const shown = (tree: string): string => objects.shown(keyOf(tree));
  return {
    read: async (tree) => {
      const found = await objects.read(keyOf(tree));
      return found && parseEvidence(shown(tree), found.body);
    },
    write: async (evidence) => {
      const body = JSON.stringify(evidence);
      const { tree } = evidence;
      for (;;) {
        if ((await objects.create(keyOf(tree), body)) !== undefined) break;
        const before = await objects.read(keyOf(tree));
        if (before && (await objects.replace(keyOf(tree), body, before.etag)) !== undefined) break;
      }
      return shown(tree);
    },
  };
}

/** Apart for the simulated cloud, which says where it keeps its files. */
function localStore(name: string): EvidenceStore {
  const fileOf = (tree: string): string =>
    join(process.env.EVENKEEL_SIMULATED || ".evenkeel", "rollouts", name, `${tree}.json`);
  return {
    read: async (tree) => (existsSync(fileOf(tree)) ? readEvidence(fileOf(tree)) : undefined),
    write: async (evidence) => {
      writeEvidence(fileOf(evidence.tree), evidence);
      return fileOf(evidence.tree);
    },
  };
}

/** @throws EvidenceError for a file that is not there, or no evidence */
export function readEvidence(file: string): Evidence {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    throw new EvidenceError(
      `${file}: cannot be read; pass the file that \`evenkeel apply --write-evidence\` has written`,
    );
  }
  return parseEvidence(file, content);
}

export function writeEvidence(file: string, evidence: Evidence): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(evidence, null, 2)}\n`);
}

function parseEvidence(where: string, content: string): Evidence {
  try {
    return evidenceSchema.parse(JSON.parse(content));
  } catch {
    throw new EvidenceError(
      `${where}: is no evidence of this version of evenkeel; roll out there again with this one, or pass the file that \`evenkeel apply --write-evidence\` has written`,
    );
  }
}
