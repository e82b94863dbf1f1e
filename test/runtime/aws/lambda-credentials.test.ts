import { defaultProvider } from "../../../runtime/aws/lambda-credentials";

describe("the credential provider of bundled functions", () => {
  const outside = process.env;
  afterEach(() => {
    process.env = outside;
  });

  it("takes the role's credentials from the environment when they are asked for", async () => {
    const provider = defaultProvider();
    process.env = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key", AWS_SESSION_TOKEN: "token" };
    expect(await provider()).toEqual({ accessKeyId: "id", secretAccessKey: "key", sessionToken: "token" });
  });

  it.each([{ AWS_ACCESS_KEY_ID: "id" }, { AWS_SECRET_ACCESS_KEY: "hunter2" }, {}])(
    "rejects without both keys, and names no value",
    async (env) => {
      process.env = env;
      await expect(defaultProvider()()).rejects.toThrow(
        /^AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is missing; (?!.*hunter2)/,
      );
    },
  );
});
