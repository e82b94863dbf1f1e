import { UserError } from "../errors";
import { managedChanges, objectOf, type Plan } from "../terraform";

/** An alias of a function that a wave has moved. */
export interface MovedAlias {
  readonly functionName: string;
  /** Name of the alias. */
  readonly alias: string;
  readonly region: string;
  /** The version that it was at before the wave. */
  readonly before: string;
  /** The version that the wave has put it to; undefined where only the apply tells. */
  readonly after?: string;
}

/** An alias as Lambda has it. */
export interface AliasNow {
  readonly version: string;
  /** By which Lambda refuses a change of something else than what was read. */
  readonly revisionId: string;
}

/** What of Lambda a way back needs. */
export interface Aliases {
  /** @throws UserError if Lambda cannot be asked */
  read(alias: Pick<MovedAlias, "functionName" | "alias" | "region">): Promise<AliasNow>;
  /**
   * Puts an alias to one version, with all of its traffic.
   * @throws UserError for a version that is gone, or if somebody has moved the alias since it was read
   */
  move(
    alias: Pick<MovedAlias, "functionName" | "alias" | "region">,
    version: string,
    revisionId: string,
  ): Promise<void>;
}

/** A way back that cannot be gone. */
export class WayBackError extends UserError {
  override readonly name = "WayBackError";
}

/** The aliases that a plan moves from one version to another. */
export function movedAliases(plan: Plan, region: string): MovedAlias[] {
  return managedChanges(plan).flatMap(({ type, change }) => {
    if (type !== "aws_lambda_alias" || change.actions.join() !== "update") return [];
    const [before, after] = [objectOf(change.before), objectOf(change.after)];
    const [was, is] = [before.function_version, after.function_version];
    if (typeof was !== "string" || was === is) return [];
    return [
      {
        functionName: String(before.function_name),
        alias: String(before.name),
        region,
        before: was,
        ...(typeof is === "string" ? { after: is } : {}),
      },
    ];
  });
}

/** What a way back has done with an alias. */
export interface TakenBack extends MovedAlias {
  /** `was there`: an earlier run has put it back. */
  readonly result: "moved" | "was there";
}

/**
 * Puts aliases back to the versions that they were at before a wave. All of them are looked at before any is moved.
 * @param versions the version that the wave has put each alias to, by `<function>:<alias>`
 * @throws WayBackError if somebody else has moved one of them
 */
export async function takeBack(
  moved: readonly MovedAlias[],
  versions: ReadonlyMap<string, string>,
  aliases: Aliases,
): Promise<TakenBack[]> {
  const now = new Map<MovedAlias, AliasNow>();
  const elsewhere: string[] = [];
  for (const one of moved) {
    const found = await aliases.read(one);
    now.set(one, found);
    const put = versions.get(`${one.functionName}:${one.alias}`) ?? one.after;
    if (found.version !== one.before && found.version !== put) {
      elsewhere.push(
        `  ${one.functionName}:${one.alias} in ${one.region} is at version ${found.version}; this rollout has put it to ${put ?? "another one"}`,
      );
    }
  }
  if (elsewhere.length > 0) {
    throw new WayBackError(
      [
        "Somebody else has moved these aliases since, so that they are left as they are:",
        ...elsewhere,
        "Nothing was put back. Look who did it, and move them by `aws lambda update-alias` if they are to go back all the same.",
      ].join("\n"),
    );
  }
  const done: TakenBack[] = [];
  for (const [one, { version, revisionId }] of now) {
    if (version !== one.before) await aliases.move(one, one.before, revisionId);
    done.push({ ...one, result: version === one.before ? "was there" : "moved" });
  }
  return done;
}
