import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Backups, type BackupsInput } from "../../../modules/backups";
import { longestWaitMinutes } from "../../../values/languages";
import { ref, synth } from "../../support/synth";
import { account, alarms, key } from "../service-function/fixtures/references";

const tableArns = [`arn:aws:dynamodb:eu-west-1:${account}:table/test-orders`];
const clusterArns = [`arn:aws:rds:eu-west-1:${account}:cluster:test-ledger`];
const daily = { name: "daily", schedule: "cron(0 3 ? * * *)" };

const built = (config: BackupsInput = {}, props: object = {}) =>
  synth((stack) => {
    const of = { name: "test-backups", region: "eu-west-1", account, tableArns, clusterArns, dataKey: key, alarms };
    new Backups(stack, "backups", { ...of, config, ...props });
  });
const policy = (value: unknown) => JSON.parse(String(value).replace(/\$\{[^}]*\}/g, "reference")).Statement;

describe("Backups", () => {
  test("are made once a day and kept for 35 days, if nothing else is said", () => {
    expect(built().at("aws_backup_plan.backups_plan")).toMatchObject({
      name: "test-backups",
      rule: [
        {
          rule_name: "daily",
          schedule: "cron(0 5 ? * * *)",
          schedule_expression_timezone: "Etc/UTC",
          target_vault_name: ref("aws_backup_vault.backups_eu-west-1_vault.name"),
          start_window: 60,
          completion_window: 1440,
          lifecycle: { delete_after: 35 },
        },
      ],
    });
  });

  test("are of the tables and clusters that are named, by a role that may back up nothing else", () => {
    const { at } = built({ copyTo: "eu-central-1" });
    expect(at("aws_backup_selection.backups_tables").resources).toEqual(tableArns);
    expect(at("aws_backup_selection.backups_clusters").resources).toEqual(clusterArns);
    const statements = policy(at("aws_iam_role_policy.backups_role_policy").policy) as Record<string, unknown>[];
    const resourcesOf = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.Resource;
    expect(resourcesOf("BackUpTables")).toEqual(tableArns[0]);
    expect(resourcesOf("BackUpClusters")).toEqual([
      clusterArns[0],
      `arn:aws:rds:eu-west-1:${account}:cluster-snapshot:awsbackup:*`,
      `arn:aws:rds:eu-central-1:${account}:cluster-snapshot:awsbackup:*`,
    ]);
    // Nothing is restored, and no resource is everything.
    expect(JSON.stringify(statements)).not.toMatch(/Restore|"Resource":"\*"|"[a-z]+:\*"/);
    expect(policy(at("aws_iam_role.backups_role_role").assume_role_policy)[0]).toMatchObject({
      Principal: { Service: "backup.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    });
  });

  test("are copied into another region, for as long as the rule says there", () => {
    const rules = [
      { ...daily, copyDeleteAfterDays: 7 },
      { name: "weekly", schedule: "cron(0 1 ? * SUN *)", deleteAfterDays: 90 },
      { name: "monthly", schedule: "cron(0 2 1 * ? *)", copied: false },
    ];
    const { at } = built({ rules, copyTo: "eu-central-1" });
    const found = at("aws_backup_plan.backups_plan").rule as { copy_action?: object[] }[];
    const there = ref("aws_backup_vault.backups_eu-central-1_vault.arn");
    expect(found.map(({ copy_action: copies }) => copies)).toEqual([
      [{ destination_vault_arn: there, lifecycle: { delete_after: 7 } }],
      [{ destination_vault_arn: there, lifecycle: { delete_after: 90 } }],
      undefined,
    ]);
    expect(at("aws_backup_vault.backups_eu-central-1_vault")).toMatchObject({
      provider: "aws.eu-central-1",
      kms_key_arn: ref("aws_kms_replica_key.backups_key_replica-eu-central-1.arn"),
    });
  });

  test("are deleted by nobody before their time, in neither vault, but by roles that may", () => {
    const vaults = ["eu-west-1", "eu-central-1"] as const;
    const role = `arn:aws:iam::${account}:role/break-glass`;
    for (const [roles, condition] of [
      [[], undefined],
      [[role], { ArnNotEquals: { "aws:PrincipalArn": [role] } }],
    ] as const) {
      const { at } = built({ copyTo: "eu-central-1", deletionRoles: roles });
      for (const region of vaults) {
        const [statement] = policy(at(`aws_backup_vault_policy.backups_${region}_policy`).policy);
        expect(statement).toMatchObject({ Effect: "Deny", Principal: "*", Resource: "*" });
        expect(statement.Action).toContain("backup:DeleteRecoveryPoint");
        expect(statement.Condition).toEqual(condition);
      }
    }
  });

  test("have vaults with a lock before the first one comes", () => {
    const { at } = built({ lock: { mode: "governance", minRetentionDays: 7, maxRetentionDays: 90 } });
    const lock = at("aws_backup_vault_lock_configuration.backups_eu-west-1_lock");
    expect(lock).toMatchObject({ min_retention_days: 7, max_retention_days: 90 });
    expect(lock.changeable_for_days).toBeUndefined();
    expect(at("aws_backup_plan.backups_plan").depends_on).toEqual([
      "aws_backup_vault_policy.backups_eu-west-1_policy",
      "aws_backup_vault_lock_configuration.backups_eu-west-1_lock",
    ]);
  });

  test("go with their vault in a disposable environment alone", () => {
    expect(built().at("aws_backup_vault.backups_eu-west-1_vault").force_destroy).toBe(false);
    expect(built({}, { disposable: true }).at("aws_backup_vault.backups_eu-west-1_vault").force_destroy).toBe(true);
  });

  test("keep their vaults when nothing is backed up any more", () => {
    const { resource } = built({}, { tableArns: [], clusterArns: [] });
    expect(Object.keys(resource.aws_backup_vault ?? {})).toEqual(["backups_eu-west-1_vault"]);
    expect(resource.aws_backup_plan).toBeUndefined();
  });

  test("report those that fail or are missing, in the region of the vault", () => {
    const { at, resource } = built({ rules: [daily], copyTo: "eu-central-1" });
    const pattern = JSON.parse(String(at("aws_cloudwatch_event_rule.backups_alarms_copies").event_pattern));
    expect(pattern).toMatchObject({
      source: ["aws.backup"],
      "detail-type": ["Copy Job State Change"],
      detail: { sourceBackupVaultArn: [ref("aws_backup_vault.backups_eu-west-1_vault.arn")] },
    });
    expect(at("aws_cloudwatch_metric_alarm.backups_alarms_missing")).toMatchObject({
      period: 86_400,
      evaluation_periods: 2,
      treat_missing_data: "breaching",
    });
    const providers = Object.values(resource.aws_cloudwatch_event_rule ?? {}).map(({ provider }) => provider);
    expect(new Set(providers)).toEqual(new Set(["aws.eu-west-1"]));
    expect(built({}, { alarms: undefined }).resource.aws_cloudwatch_event_rule).toBeUndefined();
  });

  test("have no alarm on missing ones where CloudWatch cannot look back that far", () => {
    const { resource } = built({ rules: [{ name: "monthly", schedule: "cron(0 1 1 * ? *)" }] });
    expect(resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("can be encrypted with a key that is there already", () => {
    const existing = { "eu-west-1": `arn:aws:kms:eu-west-1:${account}:key/mrk-${"a".repeat(32)}` };
    const { at, resource } = built({ key: { existing } });
    expect(at("aws_backup_vault.backups_eu-west-1_vault").kms_key_arn).toBe(existing["eu-west-1"]);
    expect(resource.aws_kms_key).toBeUndefined();
  });

  test("opt the account in where they are asked to, once", () => {
    const { resource } = built({ optIn: true, copyTo: "eu-central-1" });
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(resource.aws_backup_region_settings?.[`backups_settings-${region}`]).toMatchObject({
        provider: `aws.${region}`,
        resource_type_management_preference: { DynamoDB: true },
        lifecycle: { ignore_changes: "all" },
      });
    }
    expect(built().resource.aws_backup_region_settings).toBeUndefined();
  });

  describe("refuse", () => {
    const lock = { mode: "governance", minRetentionDays: 30, maxRetentionDays: 60 } as const;
    const refused: [string, object, string][] = [
      ["a schedule that is none", { rules: [{ ...daily, schedule: "rate(1 day)" }] }, "rules[0].schedule: "],
      [
        "backups more often than hourly",
        { rules: [{ ...daily, schedule: "cron(0/5 * ? * * *)" }] },
        "rules[0].schedule: ",
      ],
      ["two rules of one name", { rules: [daily, daily] }, "rules[1].name: is used twice"],
      [
        "a start window under an hour",
        { rules: [{ ...daily, startWindowMinutes: 30 }] },
        "rules[0].startWindowMinutes",
      ],
      [
        "a completion that leaves no time",
        { rules: [{ ...daily, startWindowMinutes: 120, completionWindowMinutes: 150 }] },
        "rules[0].completionWindowMinutes: leaves too little after startWindowMinutes; use at least 180",
      ],
      [
        "less than 90 days in cold storage",
        { rules: [{ ...daily, deleteAfterDays: 119, coldStorageAfterDays: 30 }] },
        "rules[0].deleteAfterDays: is less than 90 after coldStorageAfterDays; use at least 120",
      ],
      [
        "the same of copies",
        {
          copyTo: "eu-central-1",
          rules: [{ ...daily, deleteAfterDays: 120, coldStorageAfterDays: 30, copyDeleteAfterDays: 60 }],
        },
        "rules[0].copyDeleteAfterDays: is less than 90 after coldStorageAfterDays; use at least 120",
      ],
      [
        "continuous backups of more than 35 days",
        { rules: [{ ...daily, continuous: true, deleteAfterDays: 36 }] },
        "rules[0].deleteAfterDays: is too long for a continuous backup; use at most 35",
      ],
      [
        "continuous backups in cold storage",
        { rules: [{ ...daily, continuous: true, coldStorageAfterDays: 1 }] },
        "rules[0].coldStorageAfterDays: is not possible for a continuous backup",
      ],
      [
        "copies nowhere",
        { rules: [{ ...daily, copyDeleteAfterDays: 7 }] },
        "rules[0].copyDeleteAfterDays: has no effect without copyTo",
      ],
      [
        "what its lock would fail",
        { lock, rules: [{ ...daily, deleteAfterDays: 7 }] },
        "rules[0].deleteAfterDays: is less than the lock's minRetentionDays; use at least 30",
      ],
      [
        "copies that its lock would fail",
        { lock, copyTo: "eu-central-1", rules: [{ ...daily, copyDeleteAfterDays: 61 }] },
        "rules[0].copyDeleteAfterDays: is more than the lock's maxRetentionDays; use at most 60",
      ],
      [
        "a lock that takes nothing",
        { lock: { ...lock, maxRetentionDays: 7 } },
        "lock.maxRetentionDays: is less than minRetentionDays; use at least 30",
      ],
      [
        "a lock for ever that nobody means",
        { lock: { mode: "compliance", changeableForDays: 3 } },
        "lock.cannotBeUndone: ",
      ],
      [
        "a lock for ever at once",
        { lock: { mode: "compliance", changeableForDays: 1, cannotBeUndone: true } },
        "lock.changeableForDays: ",
      ],
      ["copies where the backups are", { copyTo: "eu-west-1" }, "copyTo is eu-west-1, where the backups are"],
    ];
    test.each(refused)("%s", (_, config, message) => {
      expect(() => built(config as BackupsInput)).toThrow(message);
    });

    test("a lock for ever of what is disposable", () => {
      const lock = { mode: "compliance", changeableForDays: 3, cannotBeUndone: true } as const;
      expect(() => built({ lock }, { disposable: true })).toThrow("is disposable, but its lock cannot be undone");
    });
  });

  test("have an example in their README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "backups");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});

describe("The longest time between two runs", () => {
  const day = 24 * 60;
  test.each([
    ["cron(0 * ? * * *)", 60],
    ["cron(30 3 ? * * *)", day],
    ["cron(0 0/6 * * ? *)", 360],
    ["cron(0 2,5 ? * * *)", 21 * 60],
    ["cron(0 1 ? * SUN *)", 7 * day],
    ["cron(0 1 ? * MON-FRI *)", 3 * day],
    ["cron(0 1 1 * ? *)", 31 * day],
    ["cron(0 1 L * ? *)", 31 * day],
    ["cron(0 1 ? * 2#1 *)", 35 * day],
    ["cron(0 1 ? * 6L *)", 35 * day],
    ["cron(0 1 29 2 ? *)", Number.POSITIVE_INFINITY],
    ["cron(0 1,9 29 2 ? *)", Number.POSITIVE_INFINITY],
    ["cron(10,50 8-18/5 ? * * *)", 13 * 60 + 20],
    ["cron(0 1 ? * * 2030)", Number.POSITIVE_INFINITY],
  ])("of %s is %d minutes", (schedule, minutes) => {
    expect(longestWaitMinutes(schedule)).toBe(minutes);
  });
});
