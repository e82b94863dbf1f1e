import { stages } from "../../config";
import project from "../../evenkeel.config";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { stacksOf } from "../support/synthesized-once";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
}

/** What each service does with a key when a principal writes and when it reads, by what the principal may do. */
const services: Readonly<Record<string, { readonly writes: RegExp; readonly reads: RegExp }>> = {
  dynamodb: {
    writes: /^dynamodb:(StartAwsBackupJob|PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/,
    reads: /^dynamodb:(GetItem|Query|GetRecords)$/,
  },
  secretsmanager: { writes: /^secretsmanager:PutSecretValue$/, reads: /^secretsmanager:GetSecretValue$/ },
  // A message is encrypted by who sends it, and SQS decrypts the data key that it keeps.
  sqs: { writes: /^sqs:SendMessage$/, reads: /^sqs:(SendMessage|ReceiveMessage)$/ },
  // Backups are encrypted again, and services keep grants for it.
  backup: { writes: /^backup:CopyIntoBackupVault$/, reads: /^backup:CopyFromBackupVault$/ },
  rds: { writes: /^rds:CopyDBClusterSnapshot$/, reads: /^$/ },
  // Lambda itself decrypts the variables of a function; nobody's role encrypts them.
  lambda: { writes: /^$/, reads: /^/ },
};

const encrypting = /^kms:(CreateGrant|Encrypt|GenerateDataKey|ReEncrypt|\*)/;
const actionsOf = ({ Action }: Statement) => [Action].flat();

/** Every role that uses a key through a service, at every stage of an environment. */
function usesOf(environment: (typeof project.environments)[number]) {
  return stages.flatMap((stage) =>
    stacksOf(environment, { stage }).flatMap(({ name, terraform }) =>
      Object.entries(terraform.resource?.aws_iam_role_policy ?? {}).flatMap(([address, { policy }]) => {
        // References have quotes of their own in them.
        const text = String(policy).replace(/\$\{[^}]*\}/g, "reference");
        const statements = (JSON.parse(text).Statement as Statement[]).filter((s) => s.Effect === "Allow");
        const others = statements.flatMap(actionsOf).filter((action) => !action.startsWith("kms:"));
        const byService = new Map<string, string[]>();
        for (const statement of statements) {
          const [service] = statement.Condition?.StringEquals?.["kms:ViaService"]?.split(".") ?? [];
          if (service) byService.set(service, [...(byService.get(service) ?? []), ...actionsOf(statement)]);
        }
        return [...byService].map(([service, kms]) => ({ role: `${stage} ${name} ${address}`, service, kms, others }));
      }),
    ),
  );
}

describe("A role", () => {
  test.each([...project.environments, pgbouncerEnvironment].map((environment, at) => [at, environment] as const))(
    "of the environment %i encrypts with a key only through a service that it writes to, and decrypts what it reads",
    (_at, environment) => {
      const uses = usesOf(environment);
      expect(uses.length).toBeGreaterThan(0);
      const wrong = uses.filter(({ service, kms, others }) => {
        const known = services[service];
        if (!known) return true;
        const writes = others.some((action) => known.writes.test(action));
        const reads = others.some((action) => known.reads.test(action)) || service === "lambda";
        return writes !== kms.some((action) => encrypting.test(action)) || (reads && !kms.includes("kms:Decrypt"));
      });
      expect(wrong.map(({ role, service }) => `${role}: ${service}`)).toEqual([]);
    },
  );

  test("of each kind is among them: one that reads, and one that writes", () => {
    const uses = project.environments.flatMap(usesOf);
    for (const service of ["dynamodb", "secretsmanager"]) {
      const encrypts = uses
        .filter((use) => use.service === service)
        .map(({ kms }) => kms.some((a) => encrypting.test(a)));
      expect(new Set(encrypts)).toEqual(new Set([true, false]));
    }
  });
});
