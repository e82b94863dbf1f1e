import { randomUUID } from "node:crypto";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { PostgresUsers } from "../../../handlers/secret-rotation/postgres-users";
import { runStep } from "../../../handlers/secret-rotation/rotation";
import type { UserLogin } from "../../../runtime/postgres/rotating-user";
import type { SecretSource } from "../../../runtime/secrets/secret-source";

interface Version {
  text?: string;
  stages: string[];
}

/** One secret as Secrets Manager keeps it, in memory, and the rotation that the handler carries out on it. */
export class SecretUnderRotation {
  private readonly versions = new Map<string, Version>();
  private rotatedAt: Date | undefined;

  constructor(
    private readonly username: string,
    private readonly administrator: UserLogin,
    private readonly users: PostgresUsers,
  ) {}

  /** For SecretCache. */
  readonly source: SecretSource = async (stage) => {
    for (const [versionId, { text, stages }] of this.versions) {
      if (text !== undefined && stages.includes(stage)) return { versionId, text };
    }
    throw new Error("no such version");
  };

  get current(): string | undefined {
    const version = [...this.versions.values()].find(({ stages }) => stages.includes("AWSCURRENT"));
    return version?.text === undefined ? undefined : (JSON.parse(version.text) as UserLogin).username;
  }

  /** Runs the four steps of the handler. */
  async rotate(): Promise<void> {
    const token = randomUUID();
    for (const version of this.versions.values()) version.stages = version.stages.filter((s) => s !== "AWSPENDING");
    this.versions.set(token, { stages: ["AWSPENDING"] });
    for (const Step of ["createSecret", "setSecret", "testSecret", "finishSecret"] as const) {
      await runStep(
        { Step, SecretId: "user", ClientRequestToken: token },
        {
          client: { send: (command: object) => this.send(command) } as unknown as SecretsManagerClient,
          users: this.users,
          username: this.username,
          administratorSecretId: "administrator",
          writeMetric: () => undefined,
        },
      );
    }
    this.rotatedAt = new Date();
  }

  private async send(command: object): Promise<object> {
    if (command instanceof DescribeSecretCommand) {
      const stages = [...this.versions].map(([id, { stages: labels }]) => [id, labels]);
      return { RotationEnabled: true, LastRotatedDate: this.rotatedAt, VersionIdsToStages: Object.fromEntries(stages) };
    }
    if (command instanceof GetSecretValueCommand) {
      const { SecretId, VersionId } = command.input;
      if (SecretId === "administrator") return { SecretString: JSON.stringify(this.administrator) };
      const text = this.versions.get(VersionId ?? "")?.text;
      if (text === undefined) throw new ResourceNotFoundException({ message: "no value", $metadata: {} });
      return { SecretString: text };
    }
    if (command instanceof PutSecretValueCommand) {
      const { ClientRequestToken = "", SecretString, VersionStages = [] } = command.input;
      this.versions.set(ClientRequestToken, { text: SecretString, stages: VersionStages });
      return {};
    }
    if (command instanceof UpdateSecretVersionStageCommand) {
      const { MoveToVersionId = "", RemoveFromVersionId = "", VersionStage = "" } = command.input;
      // Each label is on one version only, as in Secrets Manager.
      for (const version of this.versions.values()) version.stages = version.stages.filter((s) => s !== "AWSPREVIOUS");
      const old = this.versions.get(RemoveFromVersionId);
      if (old) old.stages = ["AWSPREVIOUS"];
      this.versions.get(MoveToVersionId)?.stages.push(VersionStage);
      return {};
    }
    throw new Error(`${command.constructor.name} is not expected`);
  }
}
