import {
  type GithubUser,
  github,
  gitlab,
  gitlabAdvice,
  ownOnGithub,
  ownOnGitlab,
  pageSize,
  pages,
} from "../review/forges";
import { succeed } from "../review/http";

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

const option = "--report";
const others = ", which the forge sets in its pipelines";

interface GithubIssue {
  readonly number: number;
  readonly body?: string | null;
  readonly html_url: string;
  readonly user?: GithubUser;
  /** There for a pull request, which the list has as well. */
  readonly pull_request?: unknown;
}

/** @see https://docs.github.com/en/rest/issues/issues */
function githubIssues(env: NodeJS.ProcessEnv): Issues {
  const forge = github(env, {
    option,
    token: "; give it to the step in its `env`, as the expression github.token",
    others,
  });
  const { api, of, headers } = forge;
  const issues = `${api}/repos/${of}/issues`;
  const advice = "the job needs `permissions: issues: write`, and the repository needs issues switched on";
  const send = (url: string, method: "GET" | "POST" | "PATCH", body?: unknown) =>
    succeed(url, { method, headers, body }, advice);
  return {
    limit: 65_536,
    all: async () => {
      const isOwn = await ownOnGithub(forge);
      const found = await pages<GithubIssue>((page) =>
        send(`${issues}?state=open&per_page=${pageSize}&page=${page}`, "GET"),
      );
      return found
        .filter((one) => one.pull_request === undefined)
        .map(({ number, body, html_url: url, user }) => ({
          id: number,
          body: body ?? "",
          url,
          own: isOwn(user),
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
  const forge = gitlab(env, {
    option,
    token:
      "; make it a masked variable with an access token of the project (scope `api`, role Reporter or more); the job's own token cannot write issues",
    others,
  });
  const { api, of, headers } = forge;
  const issues = `${api}/projects/${of}/issues`;
  const send = (url: string, method: "GET" | "POST" | "PUT", body?: unknown) =>
    succeed(url, { method, headers, body }, gitlabAdvice);
  return {
    // GitLab takes a million characters, but nobody reads as many.
    limit: 65_536,
    all: async () => {
      const isOwn = await ownOnGitlab(forge);
      const found = await pages<GitlabIssue>((page) =>
        send(`${issues}?state=opened&per_page=${pageSize}&page=${page}`, "GET"),
      );
      return found.map(({ iid, description, web_url: url, author }) => ({
        id: iid,
        body: description ?? "",
        url,
        own: isOwn(author),
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
