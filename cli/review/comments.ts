import { readFileSync } from "node:fs";
import { UserError } from "../../errors";
import { type GithubUser, github, gitlab, gitlabAdvice, ownOnGithub, ownOnGitlab, pageSize, pages } from "./forges";
import { type Call, succeed } from "./http";

const option = "--comment";

/** A comment that is there. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Whether it is of the account that comments here. */
  readonly own: boolean;
}

/** The comments of one pull request or merge request. */
export interface Comments {
  /** The most bytes that one may have. */
  readonly limit: number;
  all(): Promise<Comment[]>;
  add(body: string): Promise<void>;
  replace(id: number, body: string): Promise<void>;
  remove(id: number): Promise<void>;
}

/**
 * Puts a comment in place of the one that begins with the same line; nobody else's is touched, whatever it begins with.
 * @param body its first line is what it is found by
 */
export async function putComment(comments: Comments, body: string): Promise<void> {
  const [marker = ""] = body.split("\n");
  const isOurs = ({ own, body: there }: Comment) => own && there.split(/\r?\n/)[0] === marker;
  const [first, ...others] = (await comments.all()).filter(isOurs);
  if (first) await comments.replace(first.id, body);
  else await comments.add(body);
  // Two runs at the same time have added one each.
  for (const { id } of others) await comments.remove(id);
}

/**
 * Where this run comments: the pull request of a workflow of GitHub, the merge request of a pipeline of GitLab.
 * @returns undefined for a run that is of neither
 * @throws UserError outside of both, and without what is needed to comment
 */
export function commentsOf(env: NodeJS.ProcessEnv): Comments | undefined {
  if (env.GITHUB_ACTIONS === "true") return githubComments(env);
  if (env.GITLAB_CI === "true") return gitlabNotes(env);
  throw new UserError(
    `${option}: works in a workflow of GitHub Actions and in a pipeline of GitLab CI; this is neither, as GITHUB_ACTIONS and GITLAB_CI say. Use --summary <file> elsewhere`,
  );
}

/** @see https://docs.github.com/en/rest/issues/comments */
function githubComments(env: NodeJS.ProcessEnv): Comments | undefined {
  const number = pullRequestOf(env);
  if (number === undefined) return undefined;
  const forge = github(env, {
    option,
    token: "; give it to the step in its `env`, as the expression github.token",
  });
  const { api, of, headers } = forge;
  const comments = `${api}/repos/${of}/issues`;
  const advice =
    "the job needs `permissions: pull-requests: write`, which workflows of pull requests from forks do not get";
  return {
    limit: 65_536,
    all: async () => {
      const isOwn = await ownOnGithub(forge);
      const found = await pages<GithubComment>((page) =>
        succeed(`${comments}/${number}/comments?per_page=${pageSize}&page=${page}`, { headers }, advice),
      );
      return found.map(({ id, body, user }) => ({ id, body: body ?? "", own: isOwn(user) }));
    },
    add: async (body) =>
      void (await succeed(`${comments}/${number}/comments`, { method: "POST", headers, body: { body } }, advice)),
    replace: async (id, body) =>
      void (await succeed(`${comments}/comments/${id}`, { method: "PATCH", headers, body: { body } }, advice)),
    remove: async (id) => void (await succeed(`${comments}/comments/${id}`, { method: "DELETE", headers }, advice)),
  };
}

interface GithubComment {
  readonly id: number;
  readonly body?: string;
  readonly user?: GithubUser;
}

/** The number of the pull request that a workflow runs for; undefined if it runs for none. */
function pullRequestOf({ GITHUB_EVENT_PATH: file, GITHUB_REF: ref = "" }: NodeJS.ProcessEnv): number | undefined {
  const inRef = /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
  if (inRef !== undefined) return Number(inRef);
  if (!file) return undefined;
  const event = JSON.parse(readFileSync(file, "utf8")) as GithubEvent;
  return event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : undefined);
}

interface GithubEvent {
  readonly pull_request?: { readonly number: number };
  readonly issue?: { readonly number: number; readonly pull_request?: unknown };
}

/** @see https://docs.gitlab.com/api/notes/ */
function gitlabNotes(env: NodeJS.ProcessEnv): Comments | undefined {
  const iid = env.CI_MERGE_REQUEST_IID;
  if (!iid) return undefined;
  const forge = gitlab(env, {
    option,
    token:
      "; make it a masked variable with an access token of the project (scope `api`, role Reporter or more); the job's own token cannot comment",
  });
  const { api, of, headers } = forge;
  const notes = `${api}/projects/${of}/merge_requests/${iid}/notes`;
  const ask = (url: string, asked: Omit<Call, "headers"> = {}) => succeed(url, { ...asked, headers }, gitlabAdvice);
  return {
    // GitLab takes a million characters, but nobody reads as many.
    limit: 65_536,
    all: async () => {
      const isOwn = await ownOnGitlab(forge);
      const found = await pages<GitlabNote>((page) => ask(`${notes}?per_page=${pageSize}&page=${page}`));
      return found.map(({ id, body, author }) => ({ id, body, own: isOwn(author) }));
    },
    add: async (body) => void (await ask(notes, { method: "POST", body: { body } })),
    replace: async (id, body) => void (await ask(`${notes}/${id}`, { method: "PUT", body: { body } })),
    remove: async (id) => void (await ask(`${notes}/${id}`, { method: "DELETE" })),
  };
}

interface GitlabNote {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}
