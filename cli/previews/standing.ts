import type { Deployable, EnvironmentDefinition } from "../../config";
import { isAccount } from "../../config";
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

/** The environment as a preview; undefined for any other environment, and for accounts. */
export const previewOf = (deployable: Deployable): EnvironmentDefinition | undefined =>
  !isAccount(deployable) && project.previews?.has(deployable.name) ? deployable : undefined;

/** Does nothing for what is no preview. @throws PreviewLimitError before anything is synthesized */
export async function checkPreviewLimit(deployable: Deployable): Promise<void> {
  const { previews } = project;
  const preview = previewOf(deployable);
  if (!preview || !previews) return;
  const others = (await new PreviewRecords(preview).all(previews.prefix)).filter(({ name }) => name !== preview.name);
  if (others.length >= previews.atMost) throw new PreviewLimitError(preview.name, previews.atMost, others);
}

/**
 * Writes down what of a preview is about to stand, and until when, before anything of it is made: what a deployment that fails leaves behind
 * expires as well. Does nothing for what is no preview.
 */
export async function recordPreview(deployable: Deployable, { output }: Pick<Workplace, "output">): Promise<void> {
  const { previews } = project;
  const preview = previewOf(deployable);
  if (!preview || !previews) return;
  const records = new PreviewRecords(preview);
  const before = await records.read(preview.name);
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
    name: preview.name,
    who: whoRuns(),
    commit: (await commitOf(process.cwd())).commit,
    deployed: now.toISOString(),
    expires: new Date(now.getTime() + previews.expiresAfterHours * 3_600_000).toISOString(),
    stacks: { ...before?.record.stacks, ...Object.fromEntries(stacks) },
  };
  await records.write(record, before);
}

/** A preview and its record; undefined for one without a record, and for what is no preview. */
export async function recordedPreview(
  deployable: Deployable,
): Promise<{ readonly environment: EnvironmentDefinition; readonly record: PreviewRecord } | undefined> {
  const environment = previewOf(deployable);
  const found = environment && (await new PreviewRecords(environment).read(environment.name));
  return found && { environment, record: found.record };
}

/** Forgets a preview of which nothing stands any more. Does nothing for what is no preview. */
export async function forgetPreview(deployable: Deployable): Promise<void> {
  const preview = previewOf(deployable);
  if (preview) await new PreviewRecords(preview).remove(preview.name);
}
