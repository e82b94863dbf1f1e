import { randomUUID } from "node:crypto";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type Connect, PostgresUsers, type Session } from "../../../handlers/secret-rotation/postgres-users";
import { type RotationEvent, runStep } from "../../../handlers/secret-rotation/rotation";
import { RotationCanary } from "../../../handlers/secret-rotation/rotation-canary";
import { scramVerifier } from "../../../handlers/secret-rotation/scram";
import type { UserLogin } from "../../../runtime/postgres/rotating-user";
import { CanaryShare } from "../../../runtime/secrets/canary-share";
import { hasMoto, type Moto, startMoto } from "../../support/moto";
import { type LoggedPostgres, startLoggedPostgres } from "./postgres-server";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
const group = "orders_readwrite";

describe("scramVerifier", () => {
  test("is what PostgreSQL stores: the example of RFC 7677, whose proofs it must match", () => {
    expect(scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"))).toBe(
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
  });

  test("differs each time, by its salt", () => {
    expect(scramVerifier("pencil")).not.toBe(scramVerifier("pencil"));
  });
});

(hasMoto() ? describe : describe.skip)("A rotation", () => {
  let moto: Moto | undefined;
  let postgres: LoggedPostgres;
  let client: SecretsManagerClient;
  let administratorSecretId: string;
  let count = 0;

  beforeAll(async () => {
    moto = await startMoto();
    postgres = await startLoggedPostgres();
    client = new SecretsManagerClient({ region: "eu-west-1", endpoint: moto?.endpoint, credentials });
    const { ARN } = await client.send(
      new CreateSecretCommand({ Name: "administrator", SecretString: JSON.stringify(postgres.administrator) }),
    );
    administratorSecretId = ARN ?? "";
    const session = await postgres.connect(postgres.administrator);
    await session.query(`CREATE ROLE ${group} NOLOGIN`);
    await session.end();
  }, 90_000);
  afterAll(async () => {
    await moto?.stop();
    await postgres?.stop();
  });

  /** A secret of a user of its own, with the part of Secrets Manager that starts rotations, which moto does only with Lambda. */
  class Case {
    readonly username = `app_${++count}`;
    readonly lines: string[] = [];
    canary: RotationCanary | undefined;
    arn = "";
    token = "";
    /** Whether a rotation has come to its end; in AWS only that gives a secret the date of its last rotation. */
    rotated = false;

    async create(value?: UserLogin): Promise<this> {
      const { ARN } = await client.send(
        new CreateSecretCommand({
          Name: `case-${count}`,
          ...(value ? { SecretString: JSON.stringify(value) } : {}),
        }),
      );
      this.arn = ARN ?? "";
      return this;
    }

    /** As RotateSecret does it: a new version that is pending and has no value. */
    async start(): Promise<void> {
      this.token = randomUUID();
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: this.arn }));
      const old = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes("AWSCURRENT"));
      for (const id of Object.keys(VersionIdsToStages)) {
        if (VersionIdsToStages[id]?.includes("AWSPENDING")) await this.move("AWSPENDING", id, undefined);
      }
      await client.send(
        new RotateSecretCommand({
          SecretId: this.arn,
          ClientRequestToken: this.token,
          RotationRules: { AutomaticallyAfterDays: 30 },
        }),
      );
      if (old === undefined) return;
      await this.move("AWSCURRENT", this.token, old);
      await this.move("AWSPREVIOUS", this.token, undefined);
      await this.move("AWSPENDING", undefined, this.token);
    }

    private move(VersionStage: string, RemoveFromVersionId: string | undefined, MoveToVersionId: string | undefined) {
      return client.send(
        new UpdateSecretVersionStageCommand({ SecretId: this.arn, VersionStage, RemoveFromVersionId, MoveToVersionId }),
      );
    }

    step(
      Step: RotationEvent["Step"] | "measureAge",
      connect: Connect = postgres.connect,
      now?: () => number,
      role = group,
    ) {
      return runStep({ Step, SecretId: this.arn, ClientRequestToken: this.token } as RotationEvent, {
        client: first(client, this),
        users: new PostgresUsers(connect, role),
        username: this.username,
        administratorSecretId,
        writeMetric: (line) => this.lines.push(line),
        canary: this.canary,
        now,
      });
    }

    async rotate(): Promise<UserLogin> {
      await this.start();
      for (const step of steps) await this.step(step);
      this.rotated = true;
      return this.value("AWSCURRENT");
    }

    async value(VersionStage: string): Promise<UserLogin> {
      const answer = await client.send(new GetSecretValueCommand({ SecretId: this.arn, VersionStage }));
      return JSON.parse(answer.SecretString ?? "null") as UserLogin;
    }
  }

  /** In AWS the first version is pending before it has a value; moto does not know of it until then. */
  function first(plain: SecretsManagerClient, { token, rotated }: Case): SecretsManagerClient {
    const send = async (command: Parameters<typeof plain.send>[0]) => {
      const answer = await plain.send(command);
      if (!(command instanceof DescribeSecretCommand)) return answer;
      const described = answer as { VersionIdsToStages?: Record<string, string[]> };
      const known = Object.keys(described.VersionIdsToStages ?? {}).length > 0;
      return {
        ...described,
        RotationEnabled: true,
        ...(rotated ? {} : { LastRotatedDate: undefined }),
        ...(known ? {} : { VersionIdsToStages: { [token]: ["AWSPENDING"] } }),
      };
    };
    return { send } as SecretsManagerClient;
  }

  const administer = async (sql: string) => {
    const session = await postgres.connect(postgres.administrator);
    try {
      return (await session.query(sql)).rows;
    } finally {
      await session.end();
    }
  };

  const accepts = async (login: UserLogin) => {
    try {
      await (await postgres.connect(login)).end();
      return true;
    } catch {
      return false;
    }
  };

  test("makes the first value and its user out of nothing", async () => {
    const rotation = await new Case().create();
    const login = await rotation.rotate();
    expect(login.username).toBe(rotation.username);
    expect(await accepts(login)).toBe(true);
  });

  test("alternates between two users, and the one before keeps working until the next rotation", async () => {
    const rotation = await new Case().create();
    const [one, two] = [await rotation.rotate(), await rotation.rotate()];
    expect([one.username, two.username]).toEqual([rotation.username, `${rotation.username}_clone`]);
    expect([await accepts(one), await accepts(two)]).toEqual([true, true]);
    expect(await rotation.value("AWSPREVIOUS")).toEqual(one);

    const three = await rotation.rotate();
    expect(three.username).toBe(rotation.username);
    expect([await accepts(one), await accepts(two), await accepts(three)]).toEqual([false, true, true]);
  });

  describe("whose secret was stored by hand", () => {
    const byHand = async () => {
      const rotation = await new Case().create({ username: `app_${count}`, password: "stored-by-hand" });
      await administer(
        `CREATE ROLE ${rotation.username} LOGIN PASSWORD 'stored-by-hand'; GRANT ${group} TO ${rotation.username}`,
      );
      return rotation;
    };

    test("takes it over as it is at first, and alternates from then on", async () => {
      const rotation = await byHand();
      const stored = { username: rotation.username, password: "stored-by-hand" };
      expect(await rotation.rotate()).toEqual(stored);
      expect((await rotation.rotate()).username).toBe(`${rotation.username}_clone`);
      expect(await accepts(stored)).toBe(true);
      expect((await rotation.rotate()).username).toBe(rotation.username);
      expect(await accepts(stored)).toBe(false);
    });

    test("does not take over a password that the database refuses", async () => {
      const rotation = await byHand();
      await administer(`ALTER ROLE ${rotation.username} PASSWORD 'another'`);
      await expect(rotation.rotate()).rejects.toThrow(
        "setSecret: the database refuses the login that was stored by hand; store the password that the user has",
      );
    });
  });

  describe("of a user that logs in with tokens of IAM", () => {
    const members = () =>
      administer("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'rds_iam', 'MEMBER') AND NOT rolsuper");

    test("leaves it alone at first, and makes it a user with a password in the second round", async () => {
      await administer("CREATE ROLE rds_iam NOLOGIN");
      const rotation = await new Case().create();
      await administer(`CREATE ROLE ${rotation.username} LOGIN; GRANT rds_iam, ${group} TO ${rotation.username}`);
      expect((await rotation.rotate()).username).toBe(`${rotation.username}_clone`);
      expect(await members()).toContainEqual({ rolname: rotation.username });
      const second = await rotation.rotate();
      expect([second.username, await accepts(second)]).toEqual([rotation.username, true]);
      expect(await members()).not.toContainEqual({ rolname: rotation.username });
      await administer("DROP ROLE rds_iam");
    });
  });

  test("makes the role as well where there is none yet", async () => {
    const rotation = await new Case().create();
    await rotation.start();
    for (const step of steps) await rotation.step(step, postgres.connect, undefined, `${rotation.username}_role`);
    expect(await administer(`SELECT rolcanlogin FROM pg_roles WHERE rolname = '${rotation.username}_role'`)).toEqual([
      { rolcanlogin: false },
    ]);
  });

  test("gives both users the privileges of the role and no more", async () => {
    const rotation = await new Case().create();
    for (const login of [await rotation.rotate(), await rotation.rotate()]) {
      const session = await postgres.connect(login);
      const { rows } = await session.query(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, pg_has_role(current_user, $1, 'USAGE') AS member FROM pg_roles WHERE rolname = current_user",
        [group],
      );
      await session.end();
      expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, member: true }]);
    }
  });

  test("comes to the same end when each step is run twice", async () => {
    const rotation = await new Case().create();
    await rotation.rotate();
    await rotation.start();
    const passwords = new Set<string>();
    for (const step of steps) {
      await rotation.step(step);
      await rotation.step(step);
      passwords.add((await rotation.value(step === "finishSecret" ? "AWSCURRENT" : "AWSPENDING")).password);
    }
    expect(passwords.size).toBe(1);
    expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
  });

  test("never sets the password again of a user that the database already lets in", async () => {
    const rotation = await new Case().create();
    await rotation.rotate();
    let statements = 0;
    const counting: Connect = async (login) => {
      const session = await postgres.connect(login);
      const query: Session["query"] = (text, values) => {
        statements += 1;
        return session.query(text, values);
      };
      return { ...session, query };
    };
    await rotation.step("setSecret", counting);
    expect(statements).toBe(0);
  });

  describe.each(["BEGIN", "SELECT 1", "CREATE ROLE", "GRANT", "COMMIT"])("whose connection is lost at %s", (broken) => {
    test("changes nothing, and a second attempt succeeds", async () => {
      const rotation = await new Case().create();
      await rotation.start();
      await rotation.step("createSecret");
      const pending = await rotation.value("AWSPENDING");
      let lost = false;
      const breaking: Connect = async (login) => {
        const session = await postgres.connect(login);
        return {
          end: session.end,
          query: async (text, values) => {
            if (lost || !text.startsWith(broken)) return session.query(text, values);
            lost = true;
            await session.end();
            throw Object.assign(new Error(`lost while sending ${pending.password}`), { code: "ECONNRESET" });
          },
        };
      };
      await expect(rotation.step("setSecret", breaking)).rejects.toThrow(
        "setSecret: the database answered with Error ECONNRESET; check its log",
      );
      expect(await accepts(pending)).toBe(false);
      await rotation.step("setSecret", breaking);
      await rotation.step("testSecret");
      await rotation.step("finishSecret");
      expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
    });
  });

  test("whose first attempt lost the answer to its commit goes on from there", async () => {
    const rotation = await new Case().create();
    await rotation.start();
    await rotation.step("createSecret");
    const deaf: Connect = async (login) => {
      const session = await postgres.connect(login);
      return {
        end: session.end,
        query: async (text, values) => {
          const answer = await session.query(text, values);
          if (text === "COMMIT") throw new Error("no answer");
          return answer;
        },
      };
    };
    await expect(rotation.step("setSecret", deaf)).rejects.toThrow("setSecret: the database answered with Error");
    for (const step of ["setSecret", "testSecret", "finishSecret"] as const) await rotation.step(step);
    expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
  });

  test("runs two attempts of a step at once without harm", async () => {
    const rotation = await new Case().create();
    await rotation.start();
    await rotation.step("createSecret");
    await Promise.all([rotation.step("setSecret"), rotation.step("setSecret")]);
    await rotation.step("testSecret");
    await rotation.step("finishSecret");
    expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
  });

  test("keeps passwords out of the statements that the server logs, and out of every error", async () => {
    const rotation = await new Case().create();
    const login = await rotation.rotate();
    expect(postgres.log()).toMatch(`CREATE ROLE "${login.username}" WITH LOGIN PASSWORD 'SCRAM-SHA-256$`);
    expect(postgres.log()).not.toContain(login.password);

    const leaking: Connect = async ({ password }) => {
      throw Object.assign(new Error(`bad ${password}`), { code: `28P01 ${password}`, detail: password });
    };
    for (const step of ["setSecret", "testSecret"] as const) {
      const error = await rotation.step(step, leaking).then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(error?.message).toContain(`${step}: the database answered with Error;`);
      expect(JSON.stringify([error?.message, error?.stack, error?.cause, error])).not.toContain(login.password);
    }
  });

  describe("refuses", () => {
    const refused = async (step: RotationEvent["Step"], rotation: Case, message: string) =>
      expect(rotation.step(step)).rejects.toThrow(message);

    test.each(steps)("%s for a version that is not pending", async (step) => {
      const rotation = await new Case().create();
      await rotation.rotate();
      rotation.token = randomUUID();
      await refused(
        step,
        rotation,
        `${step}: the version ${rotation.token} is neither pending nor current (labels: none)`,
      );
    });

    test.each(steps)("%s for a version that has been replaced", async (step) => {
      const rotation = await new Case().create();
      await rotation.rotate();
      const { token } = rotation;
      await rotation.rotate();
      rotation.token = token;
      await refused(step, rotation, "is neither pending nor current (labels: AWSPREVIOUS); rotate the secret again");
    });

    test.each(["setSecret", "testSecret", "finishSecret"] as const)("%s before createSecret", async (step) => {
      const rotation = await new Case().create();
      await rotation.rotate();
      await rotation.start();
      await refused(step, rotation, `${step}: the new version has no value; run createSecret first`);
    });

    test("a secret that does not rotate", async () => {
      const rotation = await new Case().create();
      const parts = { client, users: new PostgresUsers(postgres.connect, group), username: "x", administratorSecretId };
      await expect(
        runStep(
          { Step: "createSecret", SecretId: rotation.arn, ClientRequestToken: randomUUID() },
          { ...parts, writeMetric: () => undefined },
        ),
      ).rejects.toThrow("createSecret: the secret does not rotate; switch its rotation on");
    });

    test("a step that it does not know", async () => {
      const rotation = await new Case().create();
      await rotation.start();
      await refused("dropDatabase" as "setSecret", rotation, "dropDatabase: is not a step of a rotation");
    });

    test("to change the password of a user that is not its own", async () => {
      const rotation = await new Case().create({ username: "somebody_else", password: "x" });
      await rotation.start();
      await refused("createSecret", rotation, "the secret is for a user other than app_");
      expect(rotation.lines).toEqual([]);
    });

    test("to change the password of the user that is in use", async () => {
      const rotation = await new Case().create();
      const login = await rotation.rotate();
      await rotation.start();
      await client.send(
        new PutSecretValueCommand({
          SecretId: rotation.arn,
          ClientRequestToken: rotation.token,
          SecretString: JSON.stringify({ ...login, password: "guessed" }),
          VersionStages: ["AWSPENDING"],
        }),
      );
      await refused("setSecret", rotation, `setSecret: the new version is for ${login.username}, which is in use`);
      expect(await accepts(login)).toBe(true);
    });

    test("a value that is no login, without quoting it", async () => {
      const rotation = await new Case().create();
      await rotation.rotate();
      await rotation.start();
      await client.send(
        new PutSecretValueCommand({
          SecretId: rotation.arn,
          ClientRequestToken: rotation.token,
          SecretString: "hunter2, not JSON",
          VersionStages: ["AWSPENDING"],
        }),
      );
      const error = await rotation.step("testSecret").catch((thrown: Error) => thrown);
      expect(String(error)).toContain("testSecret: the version AWSPENDING does not hold a login; store");
      expect(String(error)).not.toContain("hunter2");
    });

    test("a secret that does not exist, by the name of the error alone", async () => {
      const rotation = await new Case().create();
      rotation.arn = "no-such-secret";
      await refused("createSecret", rotation, "createSecret: Secrets Manager answered with ResourceNotFoundException;");
    });

    test("a user that lacks the privileges of the role", async () => {
      const rotation = await new Case().create();
      const { username } = await rotation.rotate();
      const session: Session = await postgres.connect(postgres.administrator);
      await session.query(`REVOKE ${group} FROM ${username}`);
      await session.end();
      await refused("testSecret", rotation, `the user ${username} does not have the privileges of the role ${group}`);
    });
  });

  describe("with a canary", () => {
    const regions = ["eu-west-1", "eu-central-1"];
    const ssm = (region: string) => new SSMClient({ region, endpoint: moto?.endpoint, maxAttempts: 1, credentials });

    /** A rotation whose secret has a share in each region, at 100 percent as Terraform makes it. */
    async function withCanary() {
      const rotation = await new Case().create();
      const Name = `/canaries/${rotation.username}/share-percent`;
      const set = (region: string, percent: number) =>
        ssm(region).send(new PutParameterCommand({ Name, Value: String(percent), Type: "String", Overwrite: true }));
      const shares = async () =>
        Promise.all(
          regions.map(async (region) => {
            const { Parameter } = await ssm(region).send(new GetParameterCommand({ Name }));
            return Number(Parameter?.Value);
          }),
        );
      for (const region of regions) await set(region, 100);
      rotation.canary = new RotationCanary(
        new Map(regions.map((region) => [region, new CanaryShare(ssm(region), Name)])),
        10,
      );
      return { rotation, set, shares };
    }

    test("leaves the share alone for the first version ever, and sets every region to the first step after that", async () => {
      const { rotation, shares } = await withCanary();
      await rotation.rotate();
      expect(await shares()).toEqual([100, 100]);
      await rotation.rotate();
      expect(await shares()).toEqual([10, 10]);
    });

    test("sets the shares before the labels move", async () => {
      const { rotation, shares } = await withCanary();
      const one = await rotation.rotate();
      await rotation.start();
      for (const step of steps.slice(0, 3)) await rotation.step(step);
      const { canary } = rotation;
      const begun: unknown[] = [];
      rotation.canary = {
        begin: async (step: string) => {
          await canary?.begin(step);
          begun.push(await shares(), await rotation.value("AWSCURRENT"));
        },
      } as RotationCanary;
      await rotation.step("finishSecret");
      expect(begun).toEqual([[10, 10], one]);
      expect(await rotation.value("AWSCURRENT")).not.toEqual(one);
    });

    test("does not start again before every region has reached 100 percent, and leaves all logins as they are", async () => {
      const { rotation, set } = await withCanary();
      const [one, two] = [await rotation.rotate(), await rotation.rotate()];
      await set("eu-west-1", 100);
      await rotation.start();
      await expect(rotation.step("createSecret")).rejects.toThrow(
        "createSecret: traffic still uses the version before (share of the new one: eu-central-1 10 %); wait until the canary is over; if it was rolled back",
      );
      expect([await accepts(one), await accepts(two)]).toEqual([true, true]);
      await set("eu-central-1", 100);
      for (const step of steps) await rotation.step(step);
      expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
    });

    test("changes no password when the version in use is rolled back during a rotation", async () => {
      const { rotation, set } = await withCanary();
      const one = await rotation.rotate();
      await rotation.rotate();
      for (const region of regions) await set(region, 100);
      await rotation.start();
      await rotation.step("createSecret");
      await set("eu-central-1", 0);
      await expect(rotation.step("setSecret")).rejects.toThrow(
        "setSecret: traffic still uses the version before (share of the new one: eu-central-1 0 %)",
      );
      expect(await accepts(one)).toBe(true);
    });

    test("moves no label when the version in use is rolled back at the end of a rotation", async () => {
      const { rotation, set, shares } = await withCanary();
      const one = await rotation.rotate();
      await rotation.start();
      for (const step of steps.slice(0, 3)) await rotation.step(step);
      await set("eu-central-1", 0);
      await expect(rotation.step("finishSecret")).rejects.toThrow(
        "finishSecret: the version in use was rolled back during the rotation (share: eu-central-1 0 %); find out why",
      );
      expect(await rotation.value("AWSCURRENT")).toEqual(one);
      expect(await shares()).toEqual([100, 0]);
    });

    test("goes on where it was when one region's share could not be set", async () => {
      const { rotation, shares } = await withCanary();
      await rotation.rotate();
      await rotation.start();
      for (const step of steps.slice(0, 3)) await rotation.step(step);
      const whole = rotation.canary;
      const broken = new CanaryShare(ssm("eu-central-1"), "/canaries/none");
      const works = new CanaryShare(ssm("eu-west-1"), `/canaries/${rotation.username}/share-percent`);
      rotation.canary = new RotationCanary(
        new Map([
          ["eu-west-1", works],
          ["eu-central-1", broken],
        ]),
        10,
      );
      await expect(rotation.step("finishSecret")).rejects.toThrow(
        "finishSecret: the canary's share in eu-central-1 could not be used (ParameterNotFound); check that the parameter is there",
      );
      await works.write(10);
      rotation.canary = whole;
      for (const step of steps) await rotation.step(step);
      expect(await shares()).toEqual([10, 10]);
      expect(await accepts(await rotation.value("AWSCURRENT"))).toBe(true);
    });
  });

  test("reports the age of the last rotation in days", async () => {
    const rotation = await new Case().create();
    await rotation.rotate();
    await rotation.step("measureAge", postgres.connect, () => Date.now() + 3.5 * 86_400_000);
    const line = JSON.parse(rotation.lines[0] ?? "") as Record<string, unknown>;
    expect(line).toMatchObject({
      Name: `case-${count}`,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: "Evenkeel/Secrets",
            Dimensions: [["Name"]],
            Metrics: [{ Name: "RotationAgeDays", Unit: "None" }],
          },
        ],
      },
    });
    expect(line.RotationAgeDays).toBeCloseTo(3.5, 2);
  });
});
