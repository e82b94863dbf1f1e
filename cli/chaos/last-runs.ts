import { z } from "zod";
import { AwsRefusedError } from "../aws/errors";
import { signedRequests } from "../aws/signed-request";

/** When an experiment was last started, and what became of it. */
export interface LastRun {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** `completed`, `stopped`, `failed`, `running` and so on, in the words of FIS. */
  readonly status: string;
  /** Why, in the words of FIS; null where it says nothing. */
  readonly reason: string | null;
}

const tags = z.record(z.string(), z.string()).optional();

const template = z.object({ id: z.string(), arn: z.string().optional(), tags });

const run = z.object({
  arn: z.string().optional(),
  experimentTemplateId: z.string().optional(),
  creationTime: z.union([z.number(), z.string()]).optional(),
  state: z.object({ status: z.string().optional(), reason: z.string().optional() }).optional(),
  tags,
});

const pages = {
  experimentTemplates: z.object({
    experimentTemplates: z.array(template).default([]),
    nextToken: z.string().nullish(),
  }),
  experiments: z.object({ experiments: z.array(run).default([]), nextToken: z.string().nullish() }),
};

/** Far more than an account has, so that a list that never ends is noticed. */
const mostPages = 200;

/**
 * The last run of each experiment in a region, by its name. FIS keeps runs for 120 days.
 * @param account of the environment, which the credentials should be of
 * @throws AwsRefusedError where AWS cannot be asked or refuses
 * @see https://docs.aws.amazon.com/fis/latest/APIReference/API_ListExperiments.html
 */
export async function lastRuns(
  region: string,
  names: ReadonlySet<string>,
  account: string,
): Promise<Map<string, LastRun>> {
  const ask = await asking(region, account);
  const templates = await all(ask, "experimentTemplates", (page) => page.experimentTemplates);
  const byId = new Map(templates.map(({ id, tags: of }) => [id, of?.Name]));
  const runs = await all(ask, "experiments", (page) => page.experiments);
  const other = [...templates, ...runs]
    .map(({ arn }) => arn?.split(":")[4])
    .find((owner) => owner && owner !== account);
  if (other !== undefined) {
    throw new AwsRefusedError(
      `Cannot list the experiments in ${region}: the credentials are of account ${other}; use those of account ${account}.`,
    );
  }
  const last = new Map<string, LastRun & { readonly ms: number }>();
  for (const { experimentTemplateId: id = "", creationTime, state, tags: of } of runs) {
    // A template that was replaced is no longer there; what a game day has started says its name itself.
    const name = byId.get(id) ?? of?.Name;
    const ms = typeof creationTime === "number" ? creationTime * 1000 : Date.parse(creationTime ?? "");
    if (name === undefined || !names.has(name) || Number.isNaN(ms) || ms <= (last.get(name)?.ms ?? 0)) continue;
    const at = new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
    last.set(name, { ms, at, status: state?.status ?? "unknown", reason: state?.reason || null });
  }
  return new Map([...last].map(([name, { ms: _, ...shown }]) => [name, shown]));
}

type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>;

async function all<K extends keyof typeof pages, T>(
  ask: Ask,
  path: K,
  entries: (page: z.output<(typeof pages)[K]>) => readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  let nextToken: string | null | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const answer = await ask(`/${path}`, { maxResults: "100", ...(nextToken ? { nextToken } : {}) });
    const page = pages[path].parse(answer) as z.output<(typeof pages)[K]>;
    found.push(...entries(page));
    nextToken = (page as { readonly nextToken?: string | null }).nextToken;
    if (!nextToken) break;
  }
  return found;
}

async function asking(region: string, account: string): Promise<Ask> {
  const doing = `list the experiments in ${region}`;
  const page = "docs/how-to/run-experiments.md";
  const request = await signedRequests({ name: "fis", region, account, doing, page });
  return (path, query) => request({ method: "GET", path, query });
}
