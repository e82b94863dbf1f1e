import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { integer, number, oneOf, string } from "../../../runtime/environment/environment";
import { Settings, type SettingsError } from "../../../runtime/settings/settings";
import { parameterStoreSource, type SettingTexts } from "../../../runtime/settings/settings-source";
import { createSsmClient } from "../../../runtime/settings/ssm-client";
import { hasMoto, type Moto, startMoto } from "../../support/moto";

/** A Parameter Store that the test changes, breaks, holds back and counts reads of. */
class Store {
  texts: SettingTexts = { "page-size": "50" };
  reads = 0;
  broken = false;
  held: Promise<void> | undefined;
  readonly source = async () => {
    this.reads += 1;
    await this.held;
    if (this.broken) throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
    return this.texts;
  };

  /** Holds every read back until it is released. */
  hold(): () => void {
    let release = () => {};
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }
}

const forms = { "page-size": integer(1, 100).default(20) };
const behind = () => new Promise((resolve) => setImmediate(resolve));

function pageSize(store: Store | undefined, settings: typeof forms = forms) {
  let time = 0;
  const problems: string[] = [];
  const all = new Settings({
    source: store?.source,
    settings,
    onProblem: ({ message }: SettingsError) => problems.push(message),
    now: () => time,
  });
  return {
    get: () => all.get("page-size"),
    problems,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

describe("Settings", () => {
  test("are read once for callers at the same time, and not again while they are young", async () => {
    const store = new Store();
    const { get, wait } = pageSize(store);
    expect(await Promise.all([get(), get(), get()])).toEqual([50, 50, 50]);
    wait(44_999);
    await get();
    expect(store.reads).toBe(1);
  });

  test("are read again behind the call that finds them 45 s old, which does not wait", async () => {
    const store = new Store();
    const { get, wait } = pageSize(store);
    await get();
    store.texts = { "page-size": "60" };
    wait(45_000);
    const release = store.hold();
    expect(await get()).toBe(50);
    release();
    await behind();
    expect(await get()).toBe(60);
    expect(store.reads).toBe(2);
  });

  test("are waited for once they are 5 minutes old, as after a freeze", async () => {
    const store = new Store();
    const { get, wait } = pageSize(store);
    await get();
    store.texts = { "page-size": "60" };
    wait(300_000);
    expect(await get()).toBe(60);
  });

  test("stay as they were while Parameter Store does not answer, which is asked every 5 s at most", async () => {
    const store = new Store();
    const { get, wait, problems } = pageSize(store);
    await get();
    store.broken = true;
    wait(86_400_000);
    for (let call = 0; call < 10; call += 1) expect(await get()).toBe(50);
    expect(store.reads).toBe(2);
    expect(problems).toEqual([
      "Parameter Store did not give the settings (TimeoutError); check the function's permissions and network.",
    ]);
    store.broken = false;
    store.texts = {};
    wait(5_000);
    await get();
    await behind();
    expect(await get()).toBe(20);
  });

  test("hold up only the first call of an outage", async () => {
    const store = new Store();
    store.broken = true;
    const { get, wait } = pageSize(store);
    expect(await get()).toBe(20);
    wait(5_000);
    store.hold();
    expect(await get()).toBe(20);
    expect(store.reads).toBe(2);
  });

  test("stay as they were when one is changed to what cannot be used", async () => {
    const store = new Store();
    const { get, wait, problems } = pageSize(store);
    await get();
    store.texts = { "page-size": "5O" };
    wait(300_000);
    expect(await get()).toBe(50);
    expect(problems).toEqual([
      'A setting cannot be used: page-size must be a whole number from 1 to 100, not "5O". Correct the parameters.',
    ]);
  });

  test("are their defaults where there is no source", async () => {
    expect(await pageSize(undefined).get()).toBe(20);
  });

  test("are texts, numbers and words", async () => {
    const settings = new Settings({
      source: async () => ({ greeting: "hello", ratio: "0.25", mode: "fast", other: "ignored" }),
      settings: { greeting: string(), ratio: number(0, 1), mode: oneOf("fast", "safe") },
    });
    expect(await settings.all()).toEqual({ greeting: "hello", ratio: 0.25, mode: "fast" });
  });

  describe("without a default", () => {
    const required = { greeting: string(), ratio: number(0, 1) };

    test("are refused with all that is wrong with them", async () => {
      const settings = new Settings({ source: async () => ({ ratio: "2" }), settings: required });
      await expect(settings.get("ratio")).rejects.toThrow(
        '2 settings cannot be used: greeting is missing, it must be a text; ratio must be a number from 0 to 1, not "2". Correct the parameters.',
      );
    });

    test("fail until Parameter Store answers, and not longer", async () => {
      let broken = true;
      const source = async () => {
        if (broken) throw new Error("down");
        return { greeting: "hello", ratio: "1" };
      };
      const settings = new Settings({ source, settings: required });
      await expect(settings.get("greeting")).rejects.toThrow(
        "Parameter Store did not give the settings (Error); check",
      );
      broken = false;
      expect(await settings.get("greeting")).toBe("hello");
    });

    test("are refused at once where there is no source", () => {
      expect(() => new Settings({ settings: required })).toThrow("2 settings cannot be used: greeting is missing");
    });
  });
});

describe("createSsmClient", () => {
  test("gives up on a server that does not answer, after two attempts of 1.5 s", async () => {
    const client = createSsmClient("eu-west-1");
    const { requestTimeout, connectionTimeout, throwOnRequestTimeout } = await (
      client.config.requestHandler as unknown as { configProvider: Promise<Record<string, unknown>> }
    ).configProvider;
    expect([requestTimeout, connectionTimeout, throwOnRequestTimeout]).toEqual([1_500, 500, true]);
    expect(await client.config.maxAttempts()).toBe(2);
  });
});

(hasMoto() ? describe : describe.skip)("parameterStoreSource", () => {
  let moto: Moto | undefined;
  let client: SSMClient;
  const put = (Name: string, Value: string) =>
    client.send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }));

  beforeAll(async () => {
    moto = await startMoto();
    client = new SSMClient({
      region: "eu-west-1",
      endpoint: moto?.endpoint,
      maxAttempts: 1,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  }, 90_000);
  afterAll(() => moto?.stop());

  test("reads every parameter right below the path, over several pages, and none of another service", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `setting-${index}`);
    for (const name of names) await put(`/prod/orders/${name}`, name);
    await put("/prod/orders-other/page-size", "1");
    await put("/prod/orders/below/page-size", "1");
    const texts = await parameterStoreSource({ path: "/prod/orders", region: "eu-west-1", client })();
    expect(texts).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });

  test("follows a change", async () => {
    await put("/prod/shop/page-size", "10");
    const source = parameterStoreSource({ path: "/prod/shop", region: "eu-west-1", client });
    const settings = new Settings({ source, settings: forms, maxStalenessMs: 0, maxAgeMs: 0 });
    expect(await settings.get("page-size")).toBe(10);
    await put("/prod/shop/page-size", "30");
    expect(await settings.get("page-size")).toBe(30);
  });
});
