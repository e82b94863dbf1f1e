import { UserError } from "../../errors";
import type { Outcome } from "../document";
import { previewsListDocument, previewsSweepDocument } from "../documents/previews";
import { note } from "../note";
import { PreviewRecords } from "../previews/place";
import { isExpired, type PreviewRecord } from "../previews/record";
import project from "../project";
import { toldError } from "../told-error";
import { type DestroyOptions, destroy } from "./destroy";

/** The project declares no previews. */
export class NoPreviewsError extends UserError {
  override readonly name = "NoPreviewsError";

  constructor() {
    super("This project has no previews; declare them with definePreviews, as previews in evenkeel.config.ts.");
  }
}

/** Lists the previews that stand, with when they expire. @throws NoPreviewsError; AwsRefusedError where the bucket refuses */
export async function previewsList(): Promise<Outcome> {
  const now = new Date();
  const previews = (await standing()).map((record) => ({ ...shown(record), expired: isExpired(record, now) }));
  return previewsListDocument.outcome({ atMost: required().atMost, previews });
}

/**
 * Destroys the previews that have expired, one after the other, whatever is checked out.
 * @returns exit code 1 if one of them could not be destroyed; the others are destroyed all the same
 */
export async function previewsSweep(options: Pick<DestroyOptions, "autoApprove" | "concurrency">): Promise<Outcome> {
  const now = new Date();
  const all = await standing();
  const swept: { name: string; destroyed: boolean; failure: string | null }[] = [];
  for (const { name, expires } of all.filter((record) => isExpired(record, now))) {
    note(`${name} has expired at ${expires}.`);
    try {
      const { code } = await destroy(name, { ...options, ifExpired: true });
      swept.push({ name, destroyed: code === 0, failure: code === 0 ? null : "not everything of it is destroyed" });
      // Somebody has told it to stop.
      if (code >= 128) break;
    } catch (error) {
      const failure = toldError(error)?.message;
      if (failure === undefined) throw error;
      note(failure);
      swept.push({ name, destroyed: false, failure });
    }
  }
  const left = all.filter(({ name }) => !swept.some((one) => one.name === name && one.destroyed));
  return previewsSweepDocument.outcome(
    { swept, left: left.map(shown) },
    swept.every(({ destroyed }) => destroyed) ? 0 : 1,
  );
}

function required() {
  const { previews } = project;
  if (!previews) throw new NoPreviewsError();
  return previews;
}

/** All have their states in one place, so that any of them says where. */
const standing = (): Promise<PreviewRecord[]> => {
  const { prefix } = required();
  return new PreviewRecords(project.find(`${prefix}-1`)).all(prefix);
};

const shown = ({ name, who, commit, deployed, expires, stacks }: PreviewRecord) => ({
  name,
  who,
  commit,
  deployed,
  expires,
  stacks: Object.keys(stacks),
});
