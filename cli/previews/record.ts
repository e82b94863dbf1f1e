import { z } from "zod";

const json = z.record(z.string(), z.unknown());

/**
 * What stands of a preview. It lies beside the states, and has all that their destruction needs, so that whoever destroys it needs nothing of
 * the branch that it came from, and runs no code of it.
 */
export const previewRecord = z.strictObject({
  format: z.literal(1),
  /** Name of the environment. */
  name: z.string(),
  /** Who deployed it last, `user@host`. */
  who: z.string(),
  /** The commit that was deployed last, 40 hexadecimal digits; null outside of a repository. */
  commit: z.string().nullable(),
  /** When its last deployment began, ISO 8601. */
  deployed: z.iso.datetime(),
  /** When it may be destroyed, ISO 8601. */
  expires: z.iso.datetime(),
  /** By their names: everything that was deployed since it was last destroyed, also by earlier commits. */
  stacks: z.record(
    z.string(),
    z.strictObject({
      /** Stacks that come before it; it is destroyed before them. */
      dependencies: z.array(z.string()),
      /** The blocks `terraform` and `provider` of its configuration. They hold no secrets. */
      terraform: json,
      provider: json,
    }),
  ),
});

export type PreviewRecord = z.output<typeof previewRecord>;
export type RecordedStack = PreviewRecord["stacks"][string];

/** Whether a preview may be destroyed. */
export const isExpired = ({ expires }: Pick<PreviewRecord, "expires">, now: Date): boolean =>
  Date.parse(expires) <= now.getTime();

/** Both stacks in one: what either needs to be destroyed. */
export function joined(before: RecordedStack | undefined, now: RecordedStack): RecordedStack {
  if (!before) return now;
  const types = new Set([...Object.keys(before.provider), ...Object.keys(now.provider)]);
  return {
    dependencies: [...new Set([...before.dependencies, ...now.dependencies])],
    terraform: {
      ...now.terraform,
      required_providers: {
        ...fields(before.terraform.required_providers),
        ...fields(now.terraform.required_providers),
      },
    },
    // A region that the branch has left has resources in the state, which need its provider.
    provider: Object.fromEntries(
      [...types].map((type) => {
        const current = [now.provider[type] ?? []].flat();
        const aliases = new Set(current.map((one) => fields(one).alias));
        return [
          type,
          [...current, ...[before.provider[type] ?? []].flat().filter((one) => !aliases.has(fields(one).alias))],
        ];
      }),
    ),
  };
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
