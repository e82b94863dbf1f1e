import { type Deployable, type EnvironmentDefinition, isAccount, type Previews } from "../../config";
import { UserError } from "../../errors";
import { commitOf } from "../../rollout";
import { objectOf, readSynthesizedStacks, whereItRan } from "../../terraform";
import { whoRuns } from "../deployment/who";
import type { Workplace } from "../deployment/workplace";
import project from "../project";
import { PreviewRecords } from "./place";
import { joined, type PreviewRecord, type RecordedStack } from "./record";

/** As many previews stand as the project allows. */
export class PreviewLimitError extends UserError {
  override readonly name = "PreviewLimitError";

  constructor(name: string, atMost: number, others: readonly PreviewRecord[]) {
    super(
      [
        `${name} is not deployed: ${others.length} other previews stand, and the project allows ${atMost} at once (previews.atMost).`,
        ...others.map((other) => `  ${other.name}, until ${other.expires}, by ${other.who}`),
        "Destroy one that nobody needs, or wait until one has expired:",
        `  ${whereItRan(process.env)}npx evenkeel destroy ${others[0]?.name}`,
      ].join("\n"),
    );
  }
}

/** A preview, with the records of all of them. */
interface Preview {
  readonly environment: EnvironmentDefinition;
  readonly previews: Previews;
  readonly records: PreviewRecords;
}

/** Whether an environment is a preview; an account is none. */
export const isPreview = (deployable: Deployable): boolean =>
  !isAccount(deployable) && project.previews?.has(deployable.name) === true;

function previewOf(environment: Deployable): Preview | undefined {
  const { previews } = project;
  if (!previews || isAccount(environment) || !previews.has(environment.name)) return undefined;
  return { environment, previews, records: new PreviewRecords(environment) };
}

/** Does nothing for what is no preview. @throws PreviewLimitError before anything is synthesized */
export async function checkPreviewLimit(deployable: Deployable): Promise<void> {
  const preview = previewOf(deployable);
  if (!preview) return;
  const { previews, records } = preview;
  const others = (await records.all(previews.prefix)).filter(({ name }) => name !== deployable.name);
  if (others.length >= previews.atMost) throw new PreviewLimitError(deployable.name, previews.atMost, others);
}

/**
 * Writes down what of a preview is about to stand, and until when, before anything of it is made: what a deployment that fails leaves behind
 * expires as well. Does nothing for what is no preview.
 */
export async function recordPreview(deployable: Deployable, { output }: Pick<Workplace, "output">): Promise<void> {
  const preview = previewOf(deployable);
  if (!preview) return;
  const { previews, records } = preview;
  const before = await records.read(deployable.name);
  const now = new Date();
  const stacks = readSynthesizedStacks(output).map(({ name, dependencies, terraform }): [string, RecordedStack] => [
    name,
    joined(before?.record.stacks[name], {
      dependencies: [...dependencies],
      terraform: { ...objectOf(terraform.terraform) },
      provider: { ...objectOf(terraform.provider) },
    }),
  ]);
  const record: PreviewRecord = {
    format: 1,
    name: deployable.name,
    who: whoRuns(),
    commit: (await commitOf(process.cwd())).commit,
    deployed: now.toISOString(),
    expires: new Date(now.getTime() + previews.expiresAfterHours * 3_600_000).toISOString(),
    stacks: { ...before?.record.stacks, ...Object.fromEntries(stacks) },
  };
  await records.write(record, before);
}

/** What stands of a preview, by its record. */
export interface StandingPreview {
  readonly environment: EnvironmentDefinition;
  readonly record: PreviewRecord;
  /** Forgets it, once nothing of it stands any more. */
  forget(): Promise<void>;
}

/** Undefined for a preview without a record, and for what is no preview. */
export async function standingPreview(deployable: Deployable): Promise<StandingPreview | undefined> {
  const preview = previewOf(deployable);
  const found = await preview?.records.read(deployable.name);
  if (!preview || !found) return undefined;
  const { environment, records } = preview;
  return { environment, record: found.record, forget: () => records.remove(found) };
}
