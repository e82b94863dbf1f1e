import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { parseUserLogin, type UserLogin } from "../../runtime/postgres/rotating-user.js";
import { RotationError } from "./rotation-error.js";

/** What Secrets Manager knows about a secret, besides its values. */
export interface SecretState {
  readonly name: string;
  readonly rotationEnabled: boolean;
  /** Staging labels by version id. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
  /** When it was last rotated, milliseconds since 1970; undefined before the first time. */
  readonly rotatedAt: number | undefined;
  /** When it was last rotated, else when it was made; milliseconds since 1970. */
  readonly changedAt: number;
}

/**
 * Reads and writes the versions of one secret.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export class SecretVersions {
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly secretId: string,
    /** The step of the rotation, for errors. */
    private readonly step: string,
  ) {}

  async describe(): Promise<SecretState> {
    const answer = await this.client.send(new DescribeSecretCommand({ SecretId: this.secretId }));
    return {
      name: answer.Name ?? this.secretId,
      rotationEnabled: answer.RotationEnabled === true,
      stages: answer.VersionIdsToStages ?? {},
      rotatedAt: answer.LastRotatedDate?.getTime(),
      changedAt: (answer.LastRotatedDate ?? answer.CreatedDate ?? new Date(0)).getTime(),
    };
  }

  /** The login of one version; undefined while it has no value. @throws RotationError if the value is not a login */
  async read(versionId: string, stage: string): Promise<UserLogin | undefined> {
    try {
      const { SecretString } = await this.client.send(
        new GetSecretValueCommand({ SecretId: this.secretId, VersionId: versionId, VersionStage: stage }),
      );
      return SecretString === undefined ? undefined : parseLogin(SecretString, this.step, stage);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** Sets the value of the pending version; a value that another attempt has set stays. */
  async putPending(versionId: string, login: UserLogin): Promise<void> {
    try {
      await this.client.send(
        new PutSecretValueCommand({
          SecretId: this.secretId,
          ClientRequestToken: versionId,
          SecretString: JSON.stringify(login),
          VersionStages: ["AWSPENDING"],
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
    }
  }

  /** Makes a version the current one, in one step for all readers. */
  async makeCurrent(versionId: string, before: string | undefined): Promise<void> {
    await this.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: this.secretId,
        VersionStage: "AWSCURRENT",
        MoveToVersionId: versionId,
        RemoveFromVersionId: before,
      }),
    );
  }
}

/** The login of another secret, such as the administrator's. @throws RotationError when it does not hold one */
export async function readLogin(client: SecretsManagerClient, secretId: string, step: string): Promise<UserLogin> {
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: secretId, VersionStage: "AWSCURRENT" }),
  );
  return parseLogin(SecretString ?? "", step, "AWSCURRENT of the administrator's secret");
}

function parseLogin(text: string, step: string, which: string): UserLogin {
  const login = parseUserLogin(text);
  if (login) return login;
  throw new RotationError(
    step,
    `the version ${which} does not hold a login`,
    'store {"username":"...","password":"..."} as its value',
  );
}
