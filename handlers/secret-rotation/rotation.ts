import { randomBytes } from "node:crypto";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { metricLine, type WriteLine } from "../../runtime/observability/metrics.js";
import { cloneOf, type UserLogin } from "../../runtime/postgres/rotating-user.js";
import type { DatabaseUsers } from "./database-users.js";
import type { RotationCanary } from "./rotation-canary.js";
import { describeSafely, RotationError } from "./rotation-error.js";
import { readLogin, type SecretState, SecretVersions } from "./secret-versions.js";

/**
 * What Secrets Manager invokes a rotation function with.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export interface RotationEvent {
  readonly Step: "createSecret" | "setSecret" | "testSecret" | "finishSecret";
  readonly SecretId: string;
  /** Id of the version that is to become the current one. */
  readonly ClientRequestToken: string;
}

/** What the schedule of the secret's rotation invokes it with. */
export interface AgeEvent {
  readonly Step: "measureAge";
  readonly SecretId: string;
}

/** The options of {@link runStep}. */
export interface RotationOptions {
  readonly client: SecretsManagerClient;
  readonly users: DatabaseUsers;
  /** The first of the two users; the second is `<username>_clone`. */
  readonly username: string;
  /** ARN or name of the secret whose user makes and changes users. */
  readonly administratorSecretId: string;
  readonly writeMetric: WriteLine;
  /** Moves traffic to new versions by share; without one all of it moves at once. */
  readonly canary?: RotationCanary;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const dayMs = 86_400_000;

/** One step of a rotation that alternates between two users and never touches the one in use. It can be run again. */
export async function runStep(event: RotationEvent | AgeEvent, options: RotationOptions): Promise<void> {
  const { Step: step, SecretId: secretId } = event;
  const versions = new SecretVersions(options.client, secretId, step);
  try {
    const state = await versions.describe();
    if (event.Step === "measureAge") return measureAge(state, options);
    await new Rotation(event, state, versions, options).run();
  } catch (error) {
    if (error instanceof RotationError) throw error;
    throw new RotationError(
      step,
      `Secrets Manager answered with ${describeSafely(error)}`,
      "check the function's permissions and network; Secrets Manager tries again",
    );
  }
}

class Rotation {
  private readonly step: string;
  private readonly token: string;
  private readonly stage: string;
  /** The version in use, if it is not the new one. */
  private readonly currentId: string | undefined;

  constructor(
    event: RotationEvent,
    private readonly state: SecretState,
    private readonly versions: SecretVersions,
    private readonly options: RotationOptions,
  ) {
    this.step = event.Step;
    this.token = event.ClientRequestToken;
    this.stage = this.checkedStage();
    this.currentId = Object.keys(state.stages).find(
      (id) => id !== this.token && state.stages[id]?.includes("AWSCURRENT"),
    );
  }

  run(): Promise<void> {
    switch (this.step) {
      case "createSecret":
        return this.createSecret();
      case "setSecret":
        return this.setSecret();
      case "testSecret":
        return this.testSecret();
      case "finishSecret":
        return this.finishSecret();
      default:
        throw new RotationError(this.step, "is not a step of a rotation", "have Secrets Manager invoke the function");
    }
  }

  private async createSecret(): Promise<void> {
    if (await this.versions.read(this.token, this.stage)) return;
    await this.requireCanaryOver();
    const current = await this.current();
    // Stored by hand, and in use by functions that may not read the secret yet: the first rotation takes it over as it is.
    const takenOver = this.state.rotatedAt === undefined ? current : undefined;
    await this.versions.putPending(
      this.token,
      takenOver ?? {
        username: await this.nextUser(current),
        // 256 bits in characters that no connection string and no shell has to escape.
        password: randomBytes(32).toString("base64url"),
      },
    );
  }

  /** The user that is not in use. If there is no secret yet, a user in use logs in by IAM, without a password. */
  private async nextUser(current: UserLogin | undefined): Promise<string> {
    const { username, users } = this.options;
    const inUse = current
      ? current.username === username
      : await users.usesTokens(this.step, await this.administrator(), username);
    return inUse ? cloneOf(username) : username;
  }

  private async setSecret(): Promise<void> {
    const login = await this.pending();
    const current = await this.current();
    if (current && sameLogin(current, login)) {
      if (await this.options.users.accepts(this.step, login)) return;
      throw new RotationError(
        this.step,
        "the database refuses the login that was stored by hand",
        "store the password that the user has, let it log in by password and not by IAM, and rotate again",
      );
    }
    const administrator = await this.administrator();
    if ([current?.username, administrator.username].includes(login.username)) {
      throw new RotationError(
        this.step,
        `the new version is for ${login.username}, which is in use`,
        "cancel the rotation, remove AWSPENDING from the version and rotate again",
      );
    }
    if (!(await this.options.users.accepts(this.step, login))) {
      // Again, because this is what ends the version before; a roll-back may have come since createSecret.
      await this.requireCanaryOver();
      await this.options.users.set(this.step, administrator, login);
    }
  }

  private async testSecret(): Promise<void> {
    await this.options.users.test(this.step, await this.pending());
  }

  private async finishSecret(): Promise<void> {
    if (this.state.stages[this.token]?.includes("AWSCURRENT")) return;
    await this.pending();
    // The first version ever has no canary: there is nothing to go back to.
    if (this.currentId) await this.options.canary?.begin(this.step);
    await this.versions.makeCurrent(this.token, this.currentId);
  }

  private async requireCanaryOver(): Promise<void> {
    if (this.currentId) await this.options.canary?.requireOver(this.step);
  }

  /** The label of the new version. AWSCURRENT too: Secrets Manager puts it on the first version that ever gets a value. */
  private checkedStage(): string {
    if (!this.state.rotationEnabled) {
      throw new RotationError(this.step, "the secret does not rotate", "switch its rotation on");
    }
    const labels = this.state.stages[this.token] ?? [];
    const stage = ["AWSPENDING", "AWSCURRENT"].find((label) => labels.includes(label));
    if (stage) return stage;
    throw new RotationError(
      this.step,
      `the version ${this.token} is neither pending nor current (labels: ${labels.join(", ") || "none"})`,
      "rotate the secret again",
    );
  }

  private async pending(): Promise<UserLogin> {
    const login = await this.versions.read(this.token, this.stage);
    if (!login) throw new RotationError(this.step, "the new version has no value", "run createSecret first");
    return this.own(login);
  }

  private administrator(): Promise<UserLogin> {
    return readLogin(this.options.client, this.options.administratorSecretId, this.step);
  }

  private async current(): Promise<UserLogin | undefined> {
    const login = this.currentId && (await this.versions.read(this.currentId, "AWSCURRENT"));
    return login ? this.own(login) : undefined;
  }

  /** A login of one of the two users; this function does not change the password of any other. */
  private own(login: UserLogin): UserLogin {
    const { username } = this.options;
    if ([username, cloneOf(username)].includes(login.username)) return login;
    throw new RotationError(
      this.step,
      `the secret is for a user other than ${username} and ${cloneOf(username)}`,
      "set DATABASE_USERNAME to the user of the secret",
    );
  }
}

const sameLogin = (one: UserLogin, other: UserLogin): boolean =>
  one.username === other.username && one.password === other.password;

/**
 * Reports the age of the secret in days, which is as exact as Secrets Manager knows it.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
function measureAge({ name, changedAt }: SecretState, { writeMetric, now = Date.now }: RotationOptions): void {
  writeMetric(
    metricLine({
      namespace: "Evenkeel/Secrets",
      dimensions: { Name: name },
      metrics: { RotationAgeDays: { value: Math.max(0, (now() - changedAt) / dayMs), unit: "None" } },
    }),
  );
}
