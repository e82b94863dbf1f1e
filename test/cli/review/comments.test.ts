import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commentsOf, putComment } from "../../../cli/review/comments";
import { ShownPlan } from "../../../cli/review/shown-plan";
import { ForgeReceiver } from "../../support/forge-receiver";
import { temporaryFolder } from "../../support/temporary-folder";
import { everything, planned, plannedStack } from "./sample";

interface Stored {
  id: number;
  body: string;
  user: { login: string; type: string };
  author: { id: number };
}

/** Comments as GitHub and GitLab keep them, in memory. */
class Receiver extends ForgeReceiver {
  readonly stored: Stored[] = [];
  /** What GitHub says of who asks; undefined for the token of a workflow, which may not ask. */
  login: string | undefined;

  add(body: string, { bot = true, author = 1 } = {}): number {
    const id = this.stored.length + 1;
    const user = { login: bot ? "github-actions[bot]" : "mallory", type: bot ? "Bot" : "User" };
    this.stored.push({ id, body, user, author: { id: author } });
    return id;
  }

  protected answer(method: string, url: URL, { body = "" }: Readonly<Record<string, string>>): [number, unknown] {
    if (url.pathname === "/user") {
      if (url.searchParams.size === 0 && this.login === undefined) return [403, {}];
      return [200, { login: this.login }];
    }
    if (url.pathname === "/v4/user") return [200, { id: 1 }];
    const id = Number(/\/(?:comments|notes)\/(\d+)$/.exec(url.pathname)?.[1]);
    const found = this.stored.findIndex((one) => one.id === id);
    if (method === "GET") {
      const [size, page] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name)));
      return [200, this.stored.slice(((page ?? 1) - 1) * (size ?? 0), (page ?? 1) * (size ?? 0))];
    }
    if (method === "POST") return [201, { id: this.add(body) }];
    if (found < 0) return [404, { message: "Not Found" }];
    if (method === "DELETE") this.stored.splice(found, 1);
    else (this.stored[found] as Stored).body = body;
    return [method === "DELETE" ? 204 : 200, {}];
  }
}

const folder = temporaryFolder();
let receiver: Receiver;
let api: string;
beforeEach(async () => {
  receiver = new Receiver();
  api = await receiver.start();
});
afterEach(() => receiver.stop());

const github = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: api,
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_REF: "refs/pull/7/merge",
  GITHUB_TOKEN: "t0ken",
  ...more,
});
const gitlab = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  GITLAB_CI: "true",
  CI_API_V4_URL: `${api}/v4`,
  CI_PROJECT_ID: "12",
  CI_MERGE_REQUEST_IID: "7",
  GITLAB_TOKEN: "t0ken",
  ...more,
});
const places = [
  ["GitHub", github, "/repos/acme/shop/issues/7/comments", "Bearer t0ken"],
  ["GitLab", gitlab, "/v4/projects/12/merge_requests/7/notes", "t0ken"],
] as const;

async function put(env: NodeJS.ProcessEnv, body: string): Promise<void> {
  const comments = commentsOf(env);
  if (!comments) throw new Error("there is nothing to comment on");
  await putComment(comments, body);
}
const bodies = () => receiver.stored.map(({ body }) => body);

describe.each(places)("A comment on %s", (name, env, path, token) => {
  test("is added once, and replaced from then on", async () => {
    receiver.add("looks good", { bot: false, author: 2 });
    await put(env(), "<!-- a -->\nfirst");
    await put(env(), "<!-- a -->\nsecond");
    await put(env(), "<!-- b -->\nof another environment");
    expect(bodies()).toEqual(["looks good", "<!-- a -->\nsecond", "<!-- b -->\nof another environment"]);
    expect(receiver.calls).toContain(`POST ${path}`);
    expect([...receiver.tokens]).toEqual([token]);
  });

  test("is found among hundreds, and those that two runs at once have added become one", async () => {
    for (let index = 0; index < 150; index++) receiver.add(`comment ${index}`);
    receiver.add("<!-- a -->\r\nolder");
    for (let index = 0; index < 50; index++) receiver.add(`comment ${index}`);
    receiver.add("<!-- a -->\nold");
    await put(env(), "<!-- a -->\nnew");
    expect(bodies().filter((body) => body.startsWith("<!--"))).toEqual(["<!-- a -->\nnew"]);
    expect(bodies()).toHaveLength(201);
  });

  test("of somebody else stays as it is, whatever it begins with", async () => {
    receiver.add("<!-- a -->\nlooks like ours", { bot: false, author: 2 });
    await put(env(), "<!-- a -->\nours");
    expect(bodies()).toEqual(["<!-- a -->\nlooks like ours", "<!-- a -->\nours"]);
  });

  test("that may not be written is an error with what to do, and without the token", async () => {
    const post = receiver.calls.length;
    receiver.failures.push(...(name === "GitHub" ? [403, 403] : [403]));
    const said = await put(env(), "<!-- a -->\nx").catch((error: Error) => error.message);
    expect(said).toMatch(/was answered with 403: Resource not accessible by integration; (the job needs|GITLAB_TOKEN)/);
    expect(said).not.toContain("t0ken");
    expect(receiver.calls.length).toBeGreaterThan(post);
  });

  test("is not given up for one answer of a service that is out of order", async () => {
    receiver.failures.push(502);
    await put(env(), "<!-- a -->\nx");
    expect(bodies()).toEqual(["<!-- a -->\nx"]);
  });
});

describe("A comment", () => {
  test("of a person's token is told by the name", async () => {
    receiver.login = "mallory";
    receiver.add("<!-- a -->\nby a bot");
    receiver.add("<!-- a -->\nby this account", { bot: false });
    await put(github(), "<!-- a -->\nnew");
    expect(bodies()).toEqual(["<!-- a -->\nby a bot", "<!-- a -->\nnew"]);
  });

  test.each([
    ["pull_request_target", { pull_request: { number: 7 } }, true],
    ["a comment on a pull request", { issue: { number: 7, pull_request: {} } }, true],
    ["a comment on an issue", { issue: { number: 7 } }, false],
    ["a push", {}, false],
  ])("knows from the event whether there is a pull request: %s", (_event, event, there) => {
    const file = join(folder, "event.json");
    writeFileSync(file, JSON.stringify(event));
    const comments = commentsOf(github({ GITHUB_REF: "refs/heads/main", GITHUB_EVENT_PATH: file }));
    expect(comments !== undefined).toBe(there);
  });

  test("is of no merge request in a pipeline of a branch", () =>
    expect(commentsOf(gitlab({ CI_MERGE_REQUEST_IID: undefined }))).toBeUndefined());

  test("needs a pipeline and a token", () => {
    expect(() => commentsOf({})).toThrow(
      "--comment: works in a workflow of GitHub Actions and in a pipeline of GitLab CI",
    );
    expect(() => commentsOf(github({ GITHUB_TOKEN: "" }))).toThrow(
      "--comment: needs GITHUB_TOKEN; give it to the step",
    );
    expect(() => commentsOf(gitlab({ GITLAB_TOKEN: undefined }))).toThrow(
      "needs GITLAB_TOKEN; make it a masked variable",
    );
  });
});

describe("What a pipeline shows of a plan", () => {
  let told: string[];
  let spy: jest.SpyInstance;
  beforeEach(() => {
    told = [];
    spy = jest.spyOn(process.stderr, "write").mockImplementation((line) => {
      told.push(String(line));
      return true;
    });
  });
  afterEach(() => spy.mockRestore());

  /** The files of a step, new ones for each test. */
  let files = 0;
  const step = (): { summary: string; output: string; env: NodeJS.ProcessEnv } => {
    const summary = join(folder, `summary-${files}`);
    const output = join(folder, `output-${files++}`);
    return { summary, output, env: github({ GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output }) };
  };

  test("on GitHub: the step's summary and outputs, annotations, and one comment", async () => {
    const { summary, output, env } = step();
    writeFileSync(output, "of=another\n");
    const shown = new ShownPlan("prod", { github: true, comment: true }, env);
    await shown.show(everything);
    expect(readFileSync(summary, "utf8")).toBe(bodies()[0]);
    expect(readFileSync(output, "utf8")).toBe("of=another\nbundle=\ndigest=\nhas-changes=true\npassed=false\n");
    expect(told).toEqual([
      "::error title=no-data-loss::prod-data aws_dynamodb_table.orders: would be replaced, and its items lost\n",
      "::warning title=no-data-loss::prod-data aws_sqs_queue.old: would be destroyed Acknowledged until 2026-12-31.\n",
      "::notice title=prod-services-eu-west-1::Planned on predicted outputs of prod-data; it is planned again before it is applied.\n",
    ]);
  });

  test("gives the bundle and its checksum to the steps after it", async () => {
    const { output, env } = step();
    const digest = "4f".repeat(32);
    await new ShownPlan("prod", { github: true }, env).show(planned({ bundle: `rollouts/prod-${digest}.rollout` }));
    expect(readFileSync(output, "utf8")).toBe(
      `bundle=rollouts/prod-${digest}.rollout\ndigest=${digest}\nhas-changes=false\npassed=true\n`,
    );
  });

  test("annotates what cannot be applied so", async () => {
    const unpredictable = [{ stack: "prod-data", because: "the password hunter2 is too short" }];
    await new ShownPlan("prod", { github: true }, step().env).show(planned({ unpredictable }));
    expect(told).toEqual([
      expect.stringMatching(/^::error title=prod-data::The simulated cloud refuses it.*log says why/),
    ]);
    expect(told.join()).not.toContain("hunter2");
  });

  test("annotates as often as GitHub shows, and says how many more there are; a line stays one", async () => {
    const [one] = everything.violations;
    const violations = Array.from({ length: 25 }, () => ({ ...one, message: "50%\nof, it: gone" })) as never;
    await new ShownPlan("prod", { github: true }, step().env).show(planned({ violations }));
    expect(told).toHaveLength(10);
    expect(told[0]).toContain("50%25%0Aof, it: gone\n");
    expect(told[9]).toBe("::error title=no-data-loss::16 more are in the summary.\n");
  });

  test("stays below the limits of a step and of a comment", async () => {
    const { summary, env } = step();
    writeFileSync(summary, "x".repeat(100_000));
    const addresses = Array.from({ length: 12_000 }, (_, index) => [
      `aws_sqs_queue.${"q".repeat(99)}${index}`,
      "added",
    ]);
    const stacks = [plannedStack("prod-data", addresses as never)];
    await new ShownPlan("prod", { github: true, comment: true }, env).show(planned({ stacks }));
    const text = readFileSync(summary, "utf8");
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
    expect(bodies()[0]?.length).toBeLessThan(65_536);
  });

  test("on GitLab: its report, in which a replacement is two, and a note", async () => {
    const file = join(folder, "reports", "plan.json");
    await new ShownPlan("prod", { gitlab: file, comment: true }, gitlab()).show(everything);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ create: 3, update: 1, delete: 1 });
    expect(bodies()[0]).toContain("## Rollout of `prod` (hardening)");
  });

  test("elsewhere: a file", async () => {
    const file = join(folder, "deep", "summary.md");
    await new ShownPlan("prod", { summary: file }, {}).show(everything);
    expect(readFileSync(file, "utf8")).toContain("would be replaced, and its items lost");
  });

  test("is that there is none, where the last one would be taken for it", async () => {
    const { summary, env } = step();
    const shown = new ShownPlan("prod", { github: true, comment: true }, env);
    await shown.show(planned());
    await shown.failed();
    expect(bodies()).toEqual([expect.stringContaining("**It could not be planned.**")]);
    expect(readFileSync(summary, "utf8")).toContain("**It could not be planned.**");
    expect(told).toEqual(["::error title=prod::The rollout could not be planned; the log says why.\n"]);
  });

  test("is nothing where there is no pull request, and says so before it plans", async () => {
    const shown = new ShownPlan("prod", { comment: true }, github({ GITHUB_REF: "refs/heads/main" }));
    await shown.show(everything);
    expect([receiver.calls, told]).toEqual([[], [expect.stringContaining("nothing is commented")]]);
  });

  test("is refused before anything is planned where GitHub's files are not there", () => {
    expect(() => new ShownPlan("prod", { github: true }, {})).toThrow("--github: needs GITHUB_STEP_SUMMARY");
    expect(existsSync(join(folder, "undefined"))).toBe(false);
  });
});
