import {
  defineEnvironment,
  definePreviews,
  defineProject,
  type EnvironmentInput,
  type PreviewsInput,
} from "../../config";
import dev from "../../environments/dev";
import ofProject from "../../environments/preview";
import prod from "../../environments/prod";
import staging from "../../environments/staging";

const { input: small } = ofProject.input.environment({ name: "pr-7", number: 7 });

/** A project with previews, whose environments differ from the small one. */
const projectWith = (changes: Partial<EnvironmentInput> = {}, previews: Partial<PreviewsInput> = {}) =>
  defineProject({
    environments: [dev, staging],
    previews: definePreviews({
      prefix: "pr",
      environment: ({ name }) => defineEnvironment({ ...small, ...changes, name } as EnvironmentInput),
      ...previews,
    }),
  });

const find = (changes: Partial<EnvironmentInput>, previews?: Partial<PreviewsInput>) => () =>
  projectWith(changes, previews).find("pr-7").parse();

describe("A preview", () => {
  test("is found by its name, has the number in it, and is in no list", () => {
    const project = projectWith({});
    expect(project.find("pr-7").parse().name).toBe("pr-7");
    expect(project.findDeployable("pr-1234567").name).toBe("pr-1234567");
    expect(project.load().map(({ name }) => name)).toEqual(["dev", "staging"]);
    expect(project.previews).toMatchObject({ prefix: "pr", expiresAfterHours: 48, atMost: 5 });
  });

  test.each(["pr", "pr-", "pr-0", "pr-07", "pr-7a", "pr-12345678", "pr-7-7", "prx-7"])("is not called %s", (name) => {
    expect(() => projectWith().find(name)).toThrow("is not an environment of this project");
  });

  test.each<[string, Partial<EnvironmentInput>]>([
    ["disposable: is off, but a job destroys previews, with their keys and data", { disposable: false }],
    ["tables[0].deletionProtection: is on, so that AWS would refuse", { tables: dev.input.tables ?? [] }],
    ["state.backend: keeps the states where no later job finds them", { state: { backend: "local" } }],
    ["databases[0].cluster.deletionProtection: is on", { databases: prod.input.databases?.slice(0, 1) ?? [] }],
    ["databases[0].cluster.skipFinalSnapshot: is off", { databases: prod.input.databases?.slice(0, 1) ?? [] }],
  ])("is refused with %j", (message, changes) => {
    expect(find(changes)).toThrow(message);
  });

  test("has no functions at the edge, but may name what a later stage would bring there", () => {
    const [, , storefront] = prod.input.services ?? [];
    const { edge } = storefront ?? {};
    const environment: PreviewsInput["environment"] = ({ name, number }) => {
      const distribution = { ...edge?.distribution, aliases: [`${name}.example.com`] };
      const services = [...(small.services ?? []), { ...storefront, edge: { ...edge, distribution } }];
      const stage = number === 7 ? "optimization" : "foundation";
      return defineEnvironment({ ...small, name, stage, services } as EnvironmentInput);
    };
    const mistakes = (name: string) => {
      try {
        projectWith({}, { environment }).find(name).parse();
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    const place = `services[${small.services?.length}].edge`;
    expect(mistakes("pr-7")).toContain(`${place}: has functions at the edge at stage optimization`);
    expect(mistakes("pr-8")).not.toContain("has functions at the edge");
  });

  test("is refused with a domain or a place of states that is not right for all of them", () => {
    const withDomain = (domain: (name: string) => string) =>
      projectWith(
        {},
        {
          environment: ({ name }) => {
            const [orders, ...others] = small.services ?? [];
            const api = { ...orders?.api, domainName: domain(name) };
            const services = [{ ...orders, api, hostedZoneId: "Z0EXAMPLE" }, ...others];
            return defineEnvironment({ ...small, services, name } as EnvironmentInput);
          },
        },
      );
    expect(() => withDomain(() => "orders.example.com").find("pr-7")).toThrow(
      "environment.services[0].api.domainName: is the same in every preview",
    );
    expect(withDomain((name) => `orders-${name}.example.com`).find("pr-7").name).toBe("pr-7");
    const state = { ...(small.state as object) };
    const environment: PreviewsInput["environment"] = ({ name }) =>
      defineEnvironment({ ...small, name, state: { ...state, keyPrefix: `evenkeel/${name}` } } as EnvironmentInput);
    expect(() => projectWith({}, { environment }).find("pr-7")).toThrow(
      "environment.state: differs from preview to preview",
    );
  });

  test("takes no domain of an environment that stays", () => {
    const [orders] = small.services ?? [];
    const domains = (staging.input.services ?? []).flatMap(({ api }) => api?.domainName ?? []);
    expect(domains).toHaveLength(1);
    const environment: PreviewsInput["environment"] = ({ name, number }) => {
      const api = { ...orders?.api, domainName: number === 7 ? domains[0] : `${name}.example.com` };
      return defineEnvironment({ ...small, services: [{ ...orders, api }], name } as EnvironmentInput);
    };
    expect(() => projectWith({}, { environment }).find("pr-7")).toThrow(
      'is a domain of the environment "staging" as well',
    );
    expect(projectWith({}, { environment }).find("pr-9").name).toBe("pr-9");
  });
});

describe("Previews are refused", () => {
  test.each<[string, Partial<Record<keyof PreviewsInput, unknown>>]>([
    ["prefix: is no prefix", { prefix: "Pull-request" }],
    ["expiresAfterHours", { expiresAfterHours: 0 }],
    ["atMost", { atMost: 51 }],
    ["atmost: unknown field", { atmost: 3 } as never],
    ["environment: is not a function", { environment: small }],
    [
      "environment: throws an error for pr-7; correct it",
      {
        environment: () => {
          throw new TypeError("no such team");
        },
      },
    ],
    ["environment: makes no environment", { environment: () => small }],
    ["environment: makes an environment of another name than pr-7", { environment: () => dev }],
    ['previews.prefix: is what the name of "dev" begins with', { prefix: "dev" }],
  ])("with %j", (message, previews) => {
    expect(() => projectWith({}, previews as Partial<PreviewsInput>).find("pr-7")).toThrow(message);
  });

  test("where they are not what definePreviews returns", () => {
    const previews = { prefix: "pr", environment: () => dev } as never;
    expect(() => defineProject({ environments: [dev], previews }).load()).toThrow(
      "previews: is not what definePreviews returns",
    );
  });
});
