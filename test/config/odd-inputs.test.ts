import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { ConfigError } from "../../modules/core";
import { oddInputs } from "./odd-inputs";

/** Places of different kinds: the whole, texts, lists, maps of names, values of any shape. */
const places = [
  "",
  "name",
  "stage",
  "exceptions",
  "regions.standby",
  "tags",
  "tags.Team",
  "tables",
  "tables.0.attributes",
  "services",
  "services.0.function.memoryMb",
  "services.0.function.environment",
  "services.0.function.environment.MODE",
  "services.0.api.routes",
  "services.0.settings",
  "services.0.settings.page-size.allowedPattern",
  "services.0.subscriptions.shipped",
  "eventBuses",
];
const inputs = oddInputs();

/** What is said about staging with another value at one place; undefined if nothing is. */
function errorOf(place: string, value: unknown): unknown {
  const input = JSON.parse(JSON.stringify(staging.input));
  const names = place.split(".");
  const last = names.pop() ?? "";
  let parent = input;
  for (const name of names) {
    parent[name] ??= {};
    parent = parent[name];
  }
  if (place !== "") parent[last] = value;
  try {
    defineEnvironment((place === "" ? value : input) as EnvironmentInput).resolve();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Whether a mistake says what is wrong and what to do, and quotes no more than anybody reads. */
const isReadable = ({ path, message, received }: ConfigError["issues"][number]): boolean =>
  /.; ./.test(message) && received.length < 100 && path.length < 300;

const dotted = (path: string): string => path.replace(/\[(\d+)\]/g, ".$1");

describe("An environment file", () => {
  test.each(Object.keys(inputs))("with %s anywhere has mistakes with paths, and is no defect", (what) => {
    for (const place of places) {
      const error = errorOf(place, inputs[what]);
      if (error === undefined) continue;
      expect({ place, error }).toEqual({ place, error: expect.any(ConfigError) });
      const { issues, message } = error as ConfigError;
      expect(message.split("\n").length).toBeLessThanOrEqual(52);
      expect(message).not.toMatch(/\n\s+at /);
      // At once, as some have a hundred thousand.
      expect(issues.filter((issue) => !isReadable(issue))).toEqual([]);
    }
  });

  test.each([
    ["tables.0.attributes", "a text of 5,000 characters", "tables[0].attributes", "has the wrong type; use an object"],
    [
      "services.0.function.environment",
      "a text of 5,000 characters",
      "services[0].function.environment",
      "has the wrong type; use an object",
    ],
    ["name", "a text of 10 MB", "name", "has 10000000 characters; use at most 100000"],
    [
      "tables",
      "a list of 10,000 empty objects",
      "tables",
      "has too many entries; use at most 1000 that are lists or objects themselves",
    ],
    ["tags", "an object of 100,000 fields", "tags", "has too many entries; use at most 10000"],
    ["services.0.function.memoryMb", "NaN", "services[0].function.memoryMb", "is not a finite number; write a number"],
    [
      "services.0.function.memoryMb",
      "Infinity",
      "services[0].function.memoryMb",
      "is not a finite number; write a number",
    ],
    [
      "services.0.function.memoryMb",
      "a BigInt",
      "services[0].function.memoryMb",
      "is a bigint, not plain data; write text, a number, true, false, a list or an object",
    ],
    [
      "description",
      "a Date",
      "description",
      "is a Date, not plain data; write text, a number, true, false, a list or an object",
    ],
    ["description", "NUL", "description", "contains the character NUL, which AWS takes nowhere; remove it"],
    [
      "description",
      "a lone surrogate",
      "description",
      "contains half of a character that UTF-16 writes in two, which AWS takes nowhere; remove it",
    ],
    ["tags", "an own __proto__", "tags.__proto__", "is not possible as a name; use another one"],
    ["tags", "an object that contains itself", "tags.me", "contains itself; write out what is meant"],
    [
      "tags",
      "a getter that throws",
      "tags.x",
      'cannot be read, as it throws "boom"; write text, a number, true, false, a list or an object',
    ],
    [
      "tags",
      "a proxy that throws",
      "tags",
      'cannot be read, as it throws "no"; write text, a number, true, false, a list or an object',
    ],
  ])("with %s as %s has one mistake", (place, what, path, message) => {
    const { issues } = errorOf(place, inputs[what]) as ConfigError;
    expect(issues.map((issue) => [issue.path, issue.message])).toEqual([[path, message]]);
  });

  test("with more mistakes than anybody reads lists 50 and counts the others", () => {
    const { issues, message } = errorOf("services.0.function.external", Array(1234).fill(7)) as ConfigError;
    expect(issues).toHaveLength(1234);
    expect(message.split("\n").at(-1)).toBe("  and 1184 more");
  });

  test("with a negative zero has a zero", () => {
    const input = JSON.parse(JSON.stringify(staging.input));
    input.services[0].function.asyncInvoke = { maximumRetryAttempts: -0 };
    const { services } = defineEnvironment(input as EnvironmentInput).parse();
    expect(Object.is(services[0]?.function.asyncInvoke.maximumRetryAttempts, 0)).toBe(true);
  });

  const token = `sk_live_${"Ab3dE5gH".repeat(3)}`;
  test.each([
    "description",
    "tags.Team",
    "services.0.function.environment.MODE",
    "services.0.settings.page-size.value",
    "services.0.settings.page-size.description",
    "services.0.api.authorizers.customers.issuer",
    "keys.data.description",
    "eventBuses.0.description",
    "nowhere",
  ])("with a secret as %s is told so once, without the secret", (place) => {
    for (const secret of [token, "https://user:pw@login.example.com", "Server=db;Password=hunter2;"]) {
      const error = errorOf(place, secret) as ConfigError;
      expect(error.issues.map(({ path }) => dotted(path))).toEqual([place]);
      expect(error.message).toContain("looks like a secret");
      expect(error.message).toContain("(received (hidden))");
      expect(error.message).not.toContain(secret);
    }
  });

  test.each(["STRIPE_SECRET_VALUE", "DB_PWD"])("with a variable %s is told that it is a secret", (name) => {
    const { issues } = errorOf(`services.0.function.environment.${name}`, "hunter2") as ConfigError;
    expect(issues).toEqual([
      {
        path: `services[0].function.environment.${name}`,
        message: "looks like a secret; keep it in Secrets Manager and pass its name or ARN",
        received: "(hidden)",
      },
    ]);
  });

  test("never shows a secret that is part of what is wrong", () => {
    const error = errorOf("services.0.function", [{ [token]: 1, DB_PWD: "hunter2", other: token }]) as ConfigError;
    expect(error.message).not.toMatch(/hunter2|sk_live_/);
  });
});
