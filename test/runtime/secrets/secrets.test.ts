import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { metricLine } from "../../../runtime/secrets/metric-line";
import { SecretCache, type SecretCacheOptions } from "../../../runtime/secrets/secret-cache";
import { replicaArn, type SecretSource, secretsManagerSource } from "../../../runtime/secrets/secret-source";
import { VersionCanary } from "../../../runtime/secrets/version-canary";
import { hasMoto, type Moto, startMoto } from "../../support/moto";

const refusal = Object.assign(new Error("password authentication failed"), { code: "28P01" });

/** A region whose secret the test rotates, breaks and counts reads of. */
class Region {
  version = 1;
  reads = 0;
  broken = false;
  readonly source: SecretSource = async () => {
    this.reads += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.broken) throw Object.assign(new Error("hunter2"), { name: "InternalServiceError" });
    return { versionId: `v${this.version}`, text: JSON.stringify(`value-${this.version}`) };
  };
}

function cache(regions: [Region, ...Region[]], options: Partial<SecretCacheOptions<string>> = {}) {
  let time = 0;
  const sources = regions.map(({ source }) => source) as [SecretSource, ...SecretSource[]];
  const secret = new SecretCache<string>({
    sources,
    parse: JSON.parse,
    isAuthenticationError: (error) => error === refusal,
    now: () => time,
    ...options,
  });
  return {
    secret,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

describe("SecretCache", () => {
  test("reads once for callers at the same time, and not again while the value is young", async () => {
    const region = new Region();
    const { secret, wait } = cache([region]);
    expect(await Promise.all([secret.get(), secret.get(), secret.get()])).toEqual(["value-1", "value-1", "value-1"]);
    wait(299_999);
    await secret.get();
    expect(region.reads).toBe(1);
  });

  test("reads again once the value is 5 minutes old, so that it follows a rotation", async () => {
    const region = new Region();
    const { secret, wait } = cache([region]);
    await secret.get();
    region.version = 2;
    wait(300_000);
    expect(await secret.get()).toBe("value-2");
  });

  test("uses the last value for an hour, and no longer, when no region answers", async () => {
    const region = new Region();
    const { secret, wait } = cache([region]);
    await secret.get();
    region.broken = true;
    wait(3_599_999);
    expect(await secret.get()).toBe("value-1");
    wait(1);
    await expect(secret.get()).rejects.toThrow("No region gave the secret (InternalServiceError);");
  });

  test("does not keep a failure", async () => {
    const region = new Region();
    region.broken = true;
    const { secret } = cache([region]);
    await expect(secret.get()).rejects.toThrow("No region gave the secret");
    region.broken = false;
    expect(await secret.get()).toBe("value-1");
  });

  test("asks the next region when the nearest one fails", async () => {
    const [near, far] = [new Region(), new Region()];
    near.broken = true;
    expect(await cache([near, far]).secret.get()).toBe("value-1");
    near.broken = false;
    far.reads = 0;
    await cache([near, far]).secret.get();
    expect(far.reads).toBe(0);
  });

  test("shows neither the value nor what a source or parser said in its errors", async () => {
    const region = new Region();
    region.broken = true;
    await expect(cache([region]).secret.get()).rejects.not.toThrow("hunter2");
    const { secret } = cache([new Region()], {
      parse: (text) => {
        throw new Error(`cannot parse ${text}`);
      },
    });
    const error = (await secret.get().catch((thrown) => thrown)) as Error;
    expect(error.message).toBe("The secret does not have the expected form; store it as its reader expects it.");
    expect(error.cause).toBeUndefined();
  });

  describe("withSecret", () => {
    const onlyWith =
      (good: string, used: string[] = []) =>
      async (value: string) => {
        used.push(value);
        if (value !== good) throw refusal;
        return `ran with ${value}`;
      };

    test("runs once more with the new version after a rotation", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      await secret.get();
      region.version = 2;
      expect(await secret.withSecret(onlyWith("value-2"))).toBe("ran with value-2");
      expect(region.reads).toBe(2);
    });

    test("does not run again with a version that was just refused, and passes the refusal on", async () => {
      const used: string[] = [];
      await expect(cache([new Region()]).secret.withSecret(onlyWith("none", used))).rejects.toBe(refusal);
      expect(used).toEqual(["value-1"]);
    });

    test("runs at most twice", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      await secret.get();
      region.version = 2;
      const used: string[] = [];
      await expect(secret.withSecret(onlyWith("none", used))).rejects.toBe(refusal);
      expect(used).toEqual(["value-1", "value-2"]);
    });

    test("passes other errors on without reading", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      const other = new Error("timeout");
      await expect(secret.withSecret(() => Promise.reject(other))).rejects.toBe(other);
      expect(region.reads).toBe(1);
    });

    test("reads once for all callers that are refused at the same time", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      await secret.get();
      region.version = 2;
      const runs = Array.from({ length: 20 }, () => secret.withSecret(onlyWith("value-2")));
      expect(new Set(await Promise.all(runs))).toEqual(new Set(["ran with value-2"]));
      expect(region.reads).toBe(2);
    });

    test("asks the next region when the replica nearby still has the refused version", async () => {
      const [near, far] = [new Region(), new Region()];
      const { secret } = cache([near, far]);
      await secret.get();
      far.version = 2;
      expect(await secret.withSecret(onlyWith("value-2"))).toBe("ran with value-2");
    });

    test("reads for refusals every 5 s at most, so that a wrong secret does not become load", async () => {
      const region = new Region();
      const { secret, wait } = cache([region]);
      for (let call = 0; call < 10; call += 1) await secret.withSecret(onlyWith("none")).catch(() => undefined);
      expect(region.reads).toBe(2);
      wait(5_000);
      await secret.withSecret(onlyWith("none")).catch(() => undefined);
      expect(region.reads).toBe(3);
    });

    test("passes the refusal on when no region answers", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      await secret.get();
      region.broken = true;
      await expect(secret.withSecret(onlyWith("value-2"))).rejects.toBe(refusal);
    });
  });
});

describe("replicaArn", () => {
  test("changes the region alone, even if the name has one in it", () => {
    expect(replicaArn("arn:aws:secretsmanager:eu-west-1:1:secret:eu-west-1/db-AbCdEf", "eu-central-1")).toBe(
      "arn:aws:secretsmanager:eu-central-1:1:secret:eu-west-1/db-AbCdEf",
    );
  });

  test("refuses a name", () => {
    expect(() => replicaArn("eu-west-1/db", "eu-central-1")).toThrow('"eu-west-1/db" is no ARN of a secret; pass the');
  });
});

(hasMoto() ? describe : describe.skip)("secretsManagerSource", () => {
  let moto: Moto | undefined;
  const client = (region: string) =>
    new SecretsManagerClient({
      region,
      endpoint: moto?.endpoint,
      maxAttempts: 1,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });

  beforeAll(async () => {
    moto = await startMoto();
  }, 90_000);
  afterAll(() => moto?.stop());

  test("reads the secret at home, its replica in standby, and follows a new version", async () => {
    const home = client("eu-west-1");
    const { ARN: secretArn = "" } = await home.send(new CreateSecretCommand({ Name: "db", SecretString: "one" }));
    await home.send(
      new ReplicateSecretToRegionsCommand({ SecretId: secretArn, AddReplicaRegions: [{ Region: "eu-central-1" }] }),
    );
    for (const region of ["eu-west-1", "eu-central-1"]) {
      const source = secretsManagerSource({ secretArn, region, client: client(region) });
      expect(await source("AWSCURRENT")).toMatchObject({
        text: "one",
        versionId: expect.stringMatching(/^[\w-]{32,64}$/),
      });
    }
    const source = secretsManagerSource({ secretArn, region: "eu-west-1", client: home });
    const before = await source("AWSCURRENT");
    await home.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "two" }));
    const after = await source("AWSCURRENT");
    expect(after.text).toBe("two");
    expect(after.versionId).not.toBe(before.versionId);
  });

  test("reads the pending version for a canary", async () => {
    const home = client("eu-west-1");
    const { ARN: secretArn = "" } = await home.send(new CreateSecretCommand({ Name: "canary", SecretString: "one" }));
    await home.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: "two", VersionStages: ["AWSPENDING"] }),
    );
    const source = secretsManagerSource({ secretArn, region: "eu-west-1", client: home });
    expect([(await source("AWSCURRENT")).text, (await source("AWSPENDING")).text]).toEqual(["one", "two"]);
  });

  test("makes way for the home region when the standby has no replica", async () => {
    const { ARN: secretArn = "" } = await client("eu-west-1").send(
      new CreateSecretCommand({ Name: "lonely", SecretString: '"value"' }),
    );
    const secret = new SecretCache<string>({
      sources: [
        secretsManagerSource({ secretArn, region: "eu-central-1", client: client("eu-central-1") }),
        secretsManagerSource({ secretArn, region: "eu-west-1", client: client("eu-west-1") }),
      ],
      parse: JSON.parse,
      isAuthenticationError: () => false,
    });
    expect(await secret.get()).toBe("value");
  });
});

describe("VersionCanary", () => {
  const units = Array.from({ length: 10_000 }, (_, index) => `tenant-${index}`);
  const pendingOf = (share: number, name = "db") => {
    const canary = new VersionCanary({ name, share: () => share });
    return new Set(units.filter((unit) => canary.pick(unit) === "pending"));
  };

  test("gives the pending version to about the share of the units, always the same ones", () => {
    const pending = pendingOf(0.1);
    expect(pending.size / units.length).toBeGreaterThan(0.08);
    expect(pending.size / units.length).toBeLessThan(0.12);
    expect(pendingOf(0.1)).toEqual(pending);
  });

  test("keeps units on the pending version while the share grows, and other ones for another secret", () => {
    const [small, large] = [pendingOf(0.1), pendingOf(0.3)];
    expect([...small].filter((unit) => !large.has(unit))).toEqual([]);
    expect(pendingOf(0.1, "other")).not.toEqual(small);
  });

  test.each([
    [0, 0],
    [Number.NaN, 0],
    [-1, 0],
    [1, 10_000],
    [2, 10_000],
  ])("with a share of %d picks the pending version for %d of 10000", (share, expected) => {
    expect(pendingOf(share).size).toBe(expected);
  });

  test("reports failures by version, in the metric that the alarm reads, and passes them on", async () => {
    const lines: string[] = [];
    const canary = new VersionCanary({
      name: "prod-db",
      share: () => 1,
      write: (line) => lines.push(line),
      now: () => 7,
    });
    expect(await canary.run("tenant", async (version) => version)).toBe("pending");
    expect(lines).toEqual([]);
    await expect(canary.run("tenant", () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: 7,
          CloudWatchMetrics: [
            {
              Namespace: "Evenkeel/Secrets",
              Dimensions: [["Name", "Version"]],
              Metrics: [{ Name: "CanaryFailures", Unit: "Count" }],
            },
          ],
        },
        Name: "prod-db",
        Version: "pending",
        CanaryFailures: 1,
      },
    ]);
  });

  test("does not count errors that are not the version's fault", async () => {
    const lines: string[] = [];
    const canary = new VersionCanary({
      name: "db",
      share: () => 1,
      isFailure: (error) => error === refusal,
      write: (line) => lines.push(line),
    });
    await expect(canary.run("tenant", () => Promise.reject(new Error("timeout")))).rejects.toThrow("timeout");
    expect(lines).toEqual([]);
  });

  test("is rolled back at once by a share of 0", async () => {
    let share = 1;
    const canary = new VersionCanary({ name: "db", share: () => share });
    expect(canary.pick("tenant")).toBe("pending");
    share = 0;
    expect(canary.pick("tenant")).toBe("current");
  });
});

test("metricLine is one line", () => {
  const metrics = { Count: { value: 1, unit: "Count" } } as const;
  expect(metricLine({ namespace: "N", dimensions: { Name: "a\nb" }, metrics, timestamp: 1 })).not.toContain("\n");
});
