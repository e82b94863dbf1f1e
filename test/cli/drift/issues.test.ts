import { issuesOf, keepIssue } from "../../../cli/drift/issues";
import { ForgeReceiver } from "../../support/forge-receiver";

interface Stored {
  readonly id: number;
  readonly title: string;
  body: string;
  open: boolean;
  readonly own: boolean;
  readonly pull: boolean;
  readonly said: string[];
}

/** Issues as GitHub and GitLab keep them, in memory, with the fields of their APIs. */
class Receiver extends ForgeReceiver {
  readonly stored: Stored[] = [];

  add(body: string, { title = "x", own = true, pull = false } = {}): Stored {
    const one = { id: this.stored.length + 1, title, body, open: true, own, pull, said: [] };
    this.stored.push(one);
    return one;
  }

  protected answer(method: string, url: URL, sent: Record<string, string>): [number, unknown] {
    // The token of a workflow may not ask who it is.
    if (url.pathname === "/user") return [403, {}];
    if (url.pathname === "/v4/user") return [200, { id: 1 }];
    const isGitlab = url.pathname.startsWith("/v4/");
    const [, id, below] = /\/issues(?:\/(\d+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (method === "GET") {
      const [size = 0, page = 1] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name)));
      if (url.searchParams.get("state") !== (isGitlab ? "opened" : "open")) return [400, {}];
      const open = this.stored.filter((one) => one.open).slice((page - 1) * size, page * size);
      return [200, open.map((one) => (isGitlab ? asGitlab(one) : asGithub(one)))];
    }
    if (id === undefined) {
      const one = this.add((isGitlab ? sent.description : sent.body) ?? "", { title: sent.title });
      return [201, isGitlab ? asGitlab(one) : asGithub(one)];
    }
    const found = this.stored.find((one) => one.id === Number(id));
    if (!found) return [404, { message: "Not Found" }];
    if (below === (isGitlab ? "notes" : "comments")) found.said.push(sent.body ?? "");
    else if (method !== (isGitlab ? "PUT" : "PATCH")) return [405, {}];
    if (isGitlab ? sent.state_event === "close" : sent.state === "closed" && sent.state_reason === "completed")
      found.open = false;
    const text = isGitlab ? sent.description : sent.body;
    if (text !== undefined && below === undefined) found.body = text;
    return [200, {}];
  }
}

const asGithub = ({ id, title, body, own, pull }: Stored) => ({
  number: id,
  title,
  body,
  state: "open",
  html_url: `https://example.com/issues/${id}`,
  user: { login: own ? "github-actions[bot]" : "mallory", type: own ? "Bot" : "User" },
  ...(pull && { pull_request: {} }),
});
const asGitlab = ({ id, title, body, own }: Stored) => ({
  id: 1000 + id,
  iid: id,
  title,
  description: body,
  state: "opened",
  web_url: `https://example.com/issues/${id}`,
  author: { id: own ? 1 : 2 },
});

let receiver: Receiver;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  receiver = new Receiver();
  const api = await receiver.start();
  env = {
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_TOKEN: "t0ken",
    CI_API_V4_URL: `${api}/v4`,
    CI_PROJECT_ID: "12",
    GITLAB_TOKEN: "t0ken",
  };
});
afterEach(() => receiver.stop());

describe.each(["github", "gitlab"] as const)("The issue of drift on %s", (forge) => {
  const marker = "<!-- a -->";
  const keep = (text?: string) =>
    keepIssue(
      issuesOf(forge, env),
      marker,
      text === undefined ? undefined : { title: "Drift of a", body: `${marker}\n${text}\n` },
      "Nothing differs.",
    );
  const open = () => receiver.stored.filter((one) => one.open).map(({ title, body }) => [title, body]);

  test("is opened, left as it is, updated and closed with a sentence; a later drift opens another one", async () => {
    const url = "https://example.com/issues/1";
    expect(await keep()).toEqual({ action: "none", url: null });
    expect(await keep("first")).toEqual({ action: "opened", url });
    expect(open()).toEqual([["Drift of a", `${marker}\nfirst\n`]]);
    expect(await keep("first")).toEqual({ action: "unchanged", url });
    expect(await keep("second")).toEqual({ action: "updated", url });
    expect(open()).toEqual([["Drift of a", `${marker}\nsecond\n`]]);
    expect(await keep()).toEqual({ action: "closed", url });
    expect([open(), receiver.stored[0]?.said]).toEqual([[], ["Nothing differs."]]);
    expect(await keep()).toEqual({ action: "none", url: null });
    expect(await keep("third")).toEqual({ action: "opened", url: "https://example.com/issues/2" });
    expect([...receiver.tokens]).toEqual([forge === "github" ? "Bearer t0ken" : "t0ken"]);
  });

  test("is found among hundreds; that of somebody else, of another environment or of a pull request stays as it is", async () => {
    for (let index = 0; index < 120; index++) receiver.add(`issue ${index}`);
    receiver.add(`${marker}\nlooks like ours`, { own: false });
    receiver.add("<!-- b -->\nof another environment");
    if (forge === "github") receiver.add(`${marker}\nof a pull request`, { pull: true });
    const before = receiver.stored.length;
    receiver.add(`${marker}\r\nold`);
    expect(await keep("new")).toEqual({ action: "updated", url: `https://example.com/issues/${before + 1}` });
    await keep();
    expect(open()).toHaveLength(before);
  });

  test("is one, where two runs at the same time have opened one each: the older one stays", async () => {
    receiver.add(`${marker}\na`);
    receiver.add(`${marker}\nb`);
    expect((await keep("c")).url).toBe("https://example.com/issues/1");
    expect([open().length, receiver.stored[1]?.said]).toEqual([
      1,
      ["The same is told in https://example.com/issues/1."],
    ]);
  });

  test("that may not be written is an error with what to do, and without the token", async () => {
    receiver.failures.push(...(forge === "github" ? [403, 403] : [403]));
    const said = await keep("x").catch((error: Error) => error.message);
    expect(said).toMatch(/was answered with 403: Resource not accessible by integration; /);
    expect(said).not.toContain("t0ken");
  });

  test.each(
    forge === "github"
      ? ["GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"]
      : ["CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN"],
  )("needs %s", (name) => expect(() => issuesOf(forge, { ...env, [name]: "" })).toThrow(`--report: needs ${name}`));
});
