import { UserError } from "../../errors";
import { call, succeed } from "../review/http";

/** An issue that is open. */
export interface OpenIssue {
  /** Number in its repository or project. */
  readonly id: number;
  readonly body: string;
  /** Whether it is of the account that reports here. */
  readonly own: boolean;
  /** Its address in a browser. */
  readonly url: string;
}

/** The open issues of a repository or project. */
export interface Issues {
  /** The most bytes that a body may have. */
  readonly limit: number;
  all(): Promise<OpenIssue[]>;
  /** @returns its address */
  open(title: string, body: string): Promise<string>;
  replace(id: number, body: string): Promise<void>;
  /** Says a sentence, then closes it. */
  close(id: number, sentence: string): Promise<void>;
}

/** What was done to the issue, and its address. */
export interface IssueDone {
  readonly action: "opened" | "updated" | "unchanged" | "closed" | "none";
  readonly url: string | null;
}

/**
 * Keeps one open issue while there is something to tell: the one of this account whose first line is the marker. Further ones, which
 * runs at the same time have opened, are closed.
 * @param report undefined where there is nothing to tell
 */
export async function keepIssue(
  issues: Issues,
  marker: string,
  report: { readonly title: string; readonly body: string } | undefined,
  closing: string,
): Promise<IssueDone> {
  const ours = (await issues.all()).filter(({ own, body }) => own && body.split(/\r?\n/)[0] === marker);
  // The oldest stays: people may have written there.
  const [first, ...others] = ours.sort((one, other) => one.id - other.id);
  if (!report) {
    for (const { id } of ours) await issues.close(id, closing);
    return first ? { action: "closed", url: first.url } : { action: "none", url: null };
  }
  for (const { id } of others) await issues.close(id, `The same is told in ${first?.url}.`);
  if (!first) return { action: "opened", url: await issues.open(report.title, report.body) };
  if (first.body.replaceAll("\r\n", "\n").trim() === report.body.trim()) return { action: "unchanged", url: first.url };
  await issues.replace(first.id, report.body);
  return { action: "updated", url: first.url };
}

/** Where issues can be reported to. */
export const forges = ["github", "gitlab"] as const;

/** @throws UserError without what is needed to report there */
export const issuesOf = (forge: (typeof forges)[number], env: NodeJS.ProcessEnv): Issues =>
  forge === "github" ? githubIssues(env) : gitlabIssues(env);

/** A page of a list; the last one is shorter. */
const pageSize = 100;

async function pages<T>(read: (page: number) => Promise<unknown>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const found = (await read(page)) as T[];
    all.push(...found);
    if (found.length < pageSize) return all;
  }
}

interface GithubIssue {
  readonly number: number;
  readonly body?: string | null;
  readonly html_url: string;
  readonly user?: { readonly login: string; readonly type: string } | null;
  /** There for a pull request, which the list has as well. */
  readonly pull_request?: unknown;
}

/** @see https://docs.github.com/en/rest/issues/issues */
function githubIssues(env: NodeJS.ProcessEnv): Issues {
  const [api, repository, token] = ["GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"].map((name) =>
    needed(env, name, "give it to the step in its `env`, as the expression github.token"),
  );
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  };
  const issues = `${api}/repos/${repository}/issues`;
  const advice = "the job needs `permissions: issues: write`, and the repository needs issues switched on";
  const send = (url: string, method: "GET" | "POST" | "PATCH", body?: unknown) =>
    succeed(url, { method, headers, body }, advice);
  return {
    limit: 65_536,
    all: async () => {
      const { status, json } = await call(`${api}/user`, { headers });
      const login = status === 200 ? (json as { login?: string }).login : undefined;
      const found = await pages<GithubIssue>((page) =>
        send(`${issues}?state=open&per_page=${pageSize}&page=${page}`, "GET"),
      );
      return found
        .filter((one) => one.pull_request === undefined)
        .map(({ number, body, html_url: url, user }) => ({
          id: number,
          body: body ?? "",
          url,
          // The token of a workflow cannot ask who it is; it is an app's, and opens issues as a bot.
          own: login === undefined ? user?.type === "Bot" : user?.login === login,
        }));
    },
    open: async (title, body) => ((await send(issues, "POST", { title, body })) as GithubIssue).html_url,
    replace: async (id, body) => void (await send(`${issues}/${id}`, "PATCH", { body })),
    close: async (id, sentence) => {
      await send(`${issues}/${id}/comments`, "POST", { body: sentence });
      await send(`${issues}/${id}`, "PATCH", { state: "closed", state_reason: "completed" });
    },
  };
}

interface GitlabIssue {
  readonly iid: number;
  readonly description?: string | null;
  readonly web_url: string;
  readonly author: { readonly id: number };
}

/** @see https://docs.gitlab.com/api/issues/ */
function gitlabIssues(env: NodeJS.ProcessEnv): Issues {
  const [api, project, token] = ["CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN"].map((name) =>
    needed(
      env,
      name,
      "make it a masked variable with an access token of the project (scope `api`, role Reporter or more); the job's own token cannot write issues",
    ),
  );
  const headers = { "private-token": token as string };
  const issues = `${api}/projects/${project}/issues`;
  const advice = "GITLAB_TOKEN has to be an access token of this project with the scope `api`";
  const send = (url: string, method: "GET" | "POST" | "PUT", body?: unknown) =>
    succeed(url, { method, headers, body }, advice);
  return {
    // GitLab takes a million characters, but nobody reads as many.
    limit: 65_536,
    all: async () => {
      const { id: self } = (await send(`${api}/user`, "GET")) as { readonly id: number };
      const found = await pages<GitlabIssue>((page) =>
        send(`${issues}?state=opened&per_page=${pageSize}&page=${page}`, "GET"),
      );
      return found.map(({ iid, description, web_url: url, author }) => ({
        id: iid,
        body: description ?? "",
        url,
        own: author.id === self,
      }));
    },
    open: async (title, description) => ((await send(issues, "POST", { title, description })) as GitlabIssue).web_url,
    replace: async (id, description) => void (await send(`${issues}/${id}`, "PUT", { description })),
    close: async (id, sentence) => {
      await send(`${issues}/${id}/notes`, "POST", { body: sentence });
      await send(`${issues}/${id}`, "PUT", { state_event: "close" });
    },
  };
}

function needed(env: NodeJS.ProcessEnv, name: string, advice: string): string {
  const value = env[name];
  if (!value)
    throw new UserError(
      `--report: needs ${name}${/TOKEN/.test(name) ? `; ${advice}` : ", which the forge sets in its pipelines"}`,
    );
  return value;
}
