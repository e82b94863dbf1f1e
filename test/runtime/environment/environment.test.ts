import {
  EnvironmentError,
  integer,
  number,
  oneOf,
  readEnvironment,
  string,
} from "../../../runtime/environment/environment";

const variables = {
  TABLE_NAME: string(),
  LOG_LEVEL: oneOf("DEBUG", "INFO").default("INFO"),
  PAGE_SIZE: integer(1, 100).default(20),
};

/** The error of a call that must throw one. */
function errorOf(call: () => unknown): EnvironmentError {
  try {
    call();
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error;
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("readEnvironment", () => {
  it("reads each variable in its own type", () => {
    const read = readEnvironment(variables, { TABLE_NAME: "orders", LOG_LEVEL: "DEBUG", PAGE_SIZE: "50" });
    expect(read).toEqual({ TABLE_NAME: "orders", LOG_LEVEL: "DEBUG", PAGE_SIZE: 50 });
    const typed: { TABLE_NAME: string; LOG_LEVEL: "DEBUG" | "INFO"; PAGE_SIZE: number } = read;
    expect(typed).toBe(read);
  });

  it("takes the default of a variable that is unset or empty", () => {
    expect(readEnvironment(variables, { TABLE_NAME: "orders", PAGE_SIZE: "" })).toEqual({
      TABLE_NAME: "orders",
      LOG_LEVEL: "INFO",
      PAGE_SIZE: 20,
    });
  });

  it.each([
    ["0.25", 0.25],
    ["-1", -1],
    ["7", 7],
    ["1.", undefined],
    ["1e3", undefined],
    ["7.01", undefined],
    ["", undefined],
  ])("reads %j as the number %p from -1 to 7", (text, expected) => {
    const read = () => readEnvironment({ RATIO: number(-1, 7) }, { RATIO: text }).RATIO;
    if (expected === undefined) expect(read).toThrow("must be a number from -1 to 7");
    else expect(read()).toBe(expected);
  });

  it("reads process.env unless told otherwise", () => {
    process.env.EVENKEEL_TEST_VARIABLE = "here";
    try {
      expect(readEnvironment({ EVENKEEL_TEST_VARIABLE: string() })).toEqual({ EVENKEEL_TEST_VARIABLE: "here" });
    } finally {
      delete process.env.EVENKEEL_TEST_VARIABLE;
    }
  });

  it("cannot be changed afterwards", () => {
    expect(Object.isFrozen(readEnvironment(variables, { TABLE_NAME: "orders" }))).toBe(true);
  });

  it("names everything that is missing or unacceptable at once, and what to do", () => {
    const { message, problems } = errorOf(() => readEnvironment(variables, { LOG_LEVEL: "LOUD", PAGE_SIZE: "101" }));
    expect(problems).toEqual([
      "TABLE_NAME is missing, it must be a text",
      "LOG_LEVEL must be one of DEBUG, INFO",
      "PAGE_SIZE must be a whole number from 1 to 100",
    ]);
    expect(message).toMatch(
      /^3 environment variables cannot be used: .*Set them in the environment of the Lambda function/,
    );
  });

  it("never repeats a value, which may be a secret put in the wrong variable", () => {
    expect(errorOf(() => readEnvironment(variables, { TABLE_NAME: "t", LOG_LEVEL: "hunter2" })).message).not.toContain(
      "hunter2",
    );
  });

  it.each(["1.5", "ten", "1e1", " 1", "0", "-1", "9".repeat(20)])(
    "refuses %j as a whole number from 1 to 100",
    (text) => {
      expect(errorOf(() => readEnvironment(variables, { TABLE_NAME: "t", PAGE_SIZE: text })).problems).toHaveLength(1);
    },
  );
});
