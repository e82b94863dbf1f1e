import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CanarySecret } from "../../../runtime/secrets/canary-secret";
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

  describe("renew", () => {
    test("reads again for the version that is kept", async () => {
      const region = new Region();
      const { secret } = cache([region]);
      const refused = await secret.get();
      expect(await secret.renew(refused)).toBe(false);
      region.version = 2;
      expect(await secret.renew(refused)).toBe(false);
      expect(region.reads).toBe(2);
    });

    test("reads nothing for one that has gone, and the one that came may still be refused", async () => {
      const region = new Region();
      const { secret, wait } = cache([region]);
      const first = await secret.get();
      region.version = 2;
      expect(await secret.renew(first)).toBe(true);
      wait(5_000);
      // Of a caller that was refused before, and hears of it now.
      expect(await secret.renew(first)).toBe(true);
      expect(region.reads).toBe(2);
      region.version = 3;
      expect(await secret.renew(await secret.get())).toBe(true);
      expect(await secret.get()).toBe("value-3");
    });

    test("knows a version that was read twice", async () => {
      const region = new Region();
      const secret = new SecretCache({
        sources: [region.source],
        parse: (text) => ({ text }),
        isAuthenticationError: () => false,
        maxAgeMs: 0,
      });
      const before = await secret.get();
      await secret.get();
      region.version = 2;
      expect(await secret.renew(before)).toBe(true);
      expect(region.reads).toBe(3);
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
    expect(() => replicaArn("eu-west-1/db", "eu-central-1")).toThrow(
      '"eu-west-1/db" is not the ARN of a secret; pass the',
    );
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

  test("reads the version before the last rotation, and the only one where there was no rotation", async () => {
    const home = client("eu-west-1");
    const { ARN: secretArn = "" } = await home.send(new CreateSecretCommand({ Name: "canary", SecretString: "one" }));
    const source = secretsManagerSource({ secretArn, region: "eu-west-1", client: home });
    const texts = async () => [(await source("AWSCURRENT")).text, (await source("AWSPREVIOUS")).text];
    expect(await texts()).toEqual(["one", "one"]);
    await home.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "two" }));
    expect(await texts()).toEqual(["two", "one"]);
  });

  test("does not take a secret that is not there for one that was not rotated", async () => {
    const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:none-AbCdEf";
    const source = secretsManagerSource({ secretArn, region: "eu-west-1", client: client("eu-west-1") });
    await expect(source("AWSPREVIOUS")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
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
  const newOf = async (percent: number, name = "db") => {
    const canary = new VersionCanary({ name, sharePercent: () => percent });
    const picks = await Promise.all(units.map(async (unit) => [unit, await canary.pick(unit)] as const));
    return new Set(picks.filter(([, version]) => version === "new").map(([unit]) => unit));
  };

  test("gives the new version to about the share of the units, always the same ones", async () => {
    const picked = await newOf(10);
    expect(picked.size).toBeGreaterThan(800);
    expect(picked.size).toBeLessThan(1_200);
    expect(await newOf(10)).toEqual(picked);
  });

  test("keeps units on the new version while the share grows, and other ones for another secret", async () => {
    const [small, large] = [await newOf(10), await newOf(30)];
    expect([...small].filter((unit) => !large.has(unit))).toEqual([]);
    expect(await newOf(10, "other")).not.toEqual(small);
  });

  test.each([
    [0, 0],
    [Number.NaN, 0],
    [-1, 0],
    [100, 10_000],
    [200, 10_000],
  ])("with a share of %d percent picks the new version for %d of 10000", async (percent, expected) => {
    expect((await newOf(percent)).size).toBe(expected);
  });

  test("stays with the old version where the share cannot be had", async () => {
    const canary = new VersionCanary({ name: "db", sharePercent: () => Promise.reject(new Error("down")) });
    expect(await canary.pick("tenant")).toBe("old");
  });

  test("reports failures by version, in the metric that the alarm reads, and passes them on", async () => {
    const lines: string[] = [];
    const canary = new VersionCanary({
      name: "prod-db",
      sharePercent: () => 100,
      write: (line) => lines.push(line),
    });
    expect(await canary.run("tenant", async (version) => version)).toBe("new");
    expect(lines).toEqual([]);
    await expect(canary.run("tenant", () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: "Evenkeel/Secrets",
              Dimensions: [["Name", "Version"]],
              Metrics: [{ Name: "CanaryFailures", Unit: "Count" }],
            },
          ],
        },
        Name: "prod-db",
        Version: "new",
        CanaryFailures: 1,
      },
    ]);
  });

  test("does not count errors that are not the version's fault", async () => {
    const lines: string[] = [];
    const canary = new VersionCanary({
      name: "db",
      sharePercent: () => 100,
      isFailure: (error) => error === refusal,
      write: (line) => lines.push(line),
    });
    await expect(canary.run("tenant", () => Promise.reject(new Error("timeout")))).rejects.toThrow("timeout");
    expect(lines).toEqual([]);
  });

  test("is rolled back at once by a share of 0", async () => {
    let percent = 100;
    const canary = new VersionCanary({ name: "db", sharePercent: () => percent });
    expect(await canary.pick("tenant")).toBe("new");
    percent = 0;
    expect(await canary.pick("tenant")).toBe("old");
  });
});

describe("CanarySecret", () => {
  /** Secrets Manager, the database behind it, and the share: as a rotation with alternating users moves them. */
  class World {
    percent = 100;
    versions: [current: string, previous: string | undefined] = ["a1", undefined];
    accepted = new Set(["a1"]);
    readonly refused: string[] = [];
    readonly failures: string[] = [];
    private time = 0;
    private readonly secret = new CanarySecret<string>({
      sources: [
        async (stage) => {
          const [current, previous] = this.versions;
          const text = (stage === "AWSPREVIOUS" ? previous : undefined) ?? current;
          return { versionId: text, text };
        },
      ],
      parse: (text) => text,
      isAuthenticationError: (error) => error === refusal,
      canary: new VersionCanary({
        name: "db",
        sharePercent: () => this.percent,
        isFailure: (error) => error === refusal,
        write: (line) => this.failures.push((JSON.parse(line) as { Version: string }).Version),
      }),
      now: () => this.time,
    });

    wait(minutes: number): void {
      this.time += minutes * 60_000;
    }

    use(unit: string): Promise<string> {
      return this.secret.withSecret(unit, async (login) => {
        if (this.accepted.has(login)) return login;
        this.refused.push(login);
        throw refusal;
      });
    }

    /** The logins that 200 tenants used, with how many of them each. */
    async used(): Promise<Record<string, number>> {
      const logins = await Promise.all(Array.from({ length: 200 }, (_, index) => this.use(`tenant-${index}`)));
      const counts: Record<string, number> = {};
      for (const login of logins) counts[login] = (counts[login] ?? 0) + 1;
      return counts;
    }
  }

  const rotated = () => {
    const world = new World();
    world.versions = ["b1", "a1"];
    world.accepted = new Set(["a1", "b1"]);
    return world;
  };

  test("has one version for all before the first rotation, whatever the share", async () => {
    const world = new World();
    for (const percent of [100, 10, 0]) {
      world.percent = percent;
      expect(await world.used()).toEqual({ a1: 200 });
    }
  });

  test("has a share use the new version, all of them at 100 percent, and none after a roll-back", async () => {
    const world = rotated();
    world.percent = 10;
    const { a1 = 0, b1 = 0 } = await world.used();
    expect(b1).toBeGreaterThan(5);
    expect(a1).toBe(200 - b1);
    world.percent = 100;
    expect(await world.used()).toEqual({ b1: 200 });
    world.percent = 0;
    expect(await world.used()).toEqual({ a1: 200 });
    expect(world.refused).toEqual([]);
  });

  test("gets through a rotation without a failure, in each moment of it", async () => {
    const world = rotated();
    expect(await world.used()).toEqual({ b1: 200 });
    // setSecret: the user that is not in use gets a new password.
    world.accepted = new Set(["b1", "a2"]);
    expect(await world.used()).toEqual({ b1: 200 });
    // finishSecret: first the share, which a region may see long before the labels.
    world.percent = 10;
    expect(await world.used()).toEqual({ b1: 200 });
    world.versions = ["a2", "b1"];
    world.wait(5);
    const { a2 = 0, b1 = 0 } = await world.used();
    expect(a2).toBeGreaterThan(5);
    expect(b1).toBe(200 - a2);
    expect(world.failures).toEqual([]);
  });

  test("counts a refused new version, and nothing else", async () => {
    const world = rotated();
    world.accepted = new Set(["a1"]);
    await expect(world.use("tenant")).rejects.toBe(refusal);
    world.percent = 0;
    expect(await world.use("tenant")).toBe("a1");
    expect(world.failures).toEqual(["new"]);
  });

  test("passes other errors of the old version on", async () => {
    const canary = new VersionCanary({ name: "db", sharePercent: () => 0, write: () => undefined });
    const secret = new CanarySecret<string>({
      sources: [async (stage) => ({ versionId: stage, text: stage })],
      parse: (text) => text,
      isAuthenticationError: (error) => error === refusal,
      canary,
    });
    const used: string[] = [];
    const use = async (login: string) => {
      used.push(login);
      throw new Error("timeout");
    };
    await expect(secret.withSecret("tenant", use)).rejects.toThrow("timeout");
    expect(used).toEqual(["AWSPREVIOUS"]);
  });
});
