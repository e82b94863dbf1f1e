import { UserError } from "../../errors";
import { call, succeed } from "./http";

/** A page of a list; the last one is shorter. */
export const pageSize = 100;

/** All pages of a list. @param read one of them, from 1 */
export async function pages<T>(read: (page: number) => Promise<unknown>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const found = (await read(page)) as T[];
    all.push(...found);
    if (found.length < pageSize) return all;
  }
}

/** What needs a forge, for messages. */
export interface ForgeUse {
  /** `--comment` */
  readonly option: string;
  /** What is done about a token that is missing, with a semicolon in front where there is something. */
  readonly token: string;
  /** The same of what the forge sets in its pipelines. */
  readonly others?: string;
}

/** The API of a forge, for one repository or project. */
export interface Forge {
  /** `https://api.github.com` */
  readonly api: string;
  /** `owner/name`, or the number of a project. */
  readonly of: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws UserError without what is needed */
export function github(env: NodeJS.ProcessEnv, use: ForgeUse): Forge {
  const [api, of, token] = needed(env, ["GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"], use);
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  };
  return { api, of, headers };
}

/** Somebody who has written something on GitHub. */
export type GithubUser = { readonly login: string; readonly type: string } | null | undefined;

/** Whether something is of the account that asks. The token of a workflow cannot ask who it is; it is an app's, and writes as a bot. */
export async function ownOnGithub({ api, headers }: Forge): Promise<(user: GithubUser) => boolean> {
  const { status, json } = await call(`${api}/user`, { headers });
  const login = status === 200 ? (json as { login?: string }).login : undefined;
  return (user) => (login === undefined ? user?.type === "Bot" : user?.login === login);
}

/** @throws UserError without what is needed */
export function gitlab(env: NodeJS.ProcessEnv, use: ForgeUse): Forge {
  const [api, of, token] = needed(env, ["CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN"], use);
  return { api, of, headers: { "private-token": token } };
}

/** What to do where GitLab refuses a token. */
export const gitlabAdvice = "GITLAB_TOKEN has to be an access token of this project with the scope `api`";

/** Whether something is of the account that asks. */
export async function ownOnGitlab({ api, headers }: Forge): Promise<(author: { readonly id: number }) => boolean> {
  const { id } = (await succeed(`${api}/user`, { headers }, gitlabAdvice)) as { readonly id: number };
  return (author) => author.id === id;
}

function needed<T extends readonly string[]>(
  env: NodeJS.ProcessEnv,
  names: readonly [...T],
  { option, token, others = "" }: ForgeUse,
): { [K in keyof T]: string } {
  return names.map((name) => {
    const value = env[name];
    if (!value) throw new UserError(`${option}: needs ${name}${/TOKEN/.test(name) ? token : others}`);
    return value;
  }) as { [K in keyof T]: string };
}
