import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { daysPerMonth, firesPerMonth } from "../month";
import { assumed, shown } from "../use";
import { blocksOf, charge, free, numberOf } from "./parts";

/** Gigabytes that the selections of a plan name, of tables and of databases. */
function protectedBy(
  plan: PricedResource,
  at: PricingContext,
): { readonly tableGb: number; readonly databaseGb: number } {
  const { tableGb, databaseGb } = at.config.costs;
  const selected = at.resources
    .filter((one) => one.type === "aws_backup_selection" && at.referred(one, one.values.plan_id) === plan)
    .map(({ values }) => JSON.stringify(values.resources ?? ""))
    .join(" ");
  const some = (type: string) => selected.includes(type);
  const sum = (names: readonly { name: string }[], known: Readonly<Record<string, number>>) =>
    names.reduce((total, { name }) => total + (known[name] ?? assumed.gigabytes), 0);
  return {
    tableGb: some("dynamodb_table") || some("dynamodb") ? sum(at.config.tables, tableGb) : 0,
    databaseGb: some("rds_cluster") || some("rds") ? sum(at.config.databases, databaseGb) : 0,
  };
}

const backupsKept = (perMonth: number, days: number): number =>
  (perMonth * (days === 0 ? assumed.foreverMonths * daysPerMonth : days)) / daysPerMonth;

/** Each backup of a table is a whole one; those of a database hold what has changed, reckoned as one whole copy. */
function plan(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const { tableGb, databaseGb } = protectedBy(resource, at);
  return blocksOf(resource.values.rule).flatMap((rule) => {
    const perMonth = firesPerMonth(rule.schedule);
    const [lifecycle = {}] = blocksOf(rule.lifecycle);
    const days = numberOf(lifecycle.delete_after);
    const warmDays = numberOf(lifecycle.cold_storage_after, days);
    const warm = backupsKept(perMonth, warmDays);
    const cold = backupsKept(perMonth, days) - warm;
    const name = String(rule.rule_name);
    return [
      ...charge("backup.dynamodb", tableGb * warm, `${name}: ${shown(tableGb)} GB x ${shown(warm)} backups`),
      ...charge("backup.dynamodb.cold", tableGb * cold, `${name}: ${shown(tableGb)} GB x ${shown(cold)} backups`),
      ...charge("aurora.backup", databaseGb, `${name}: ${shown(databaseGb)} GB`),
      ...blocksOf(rule.copy_action).flatMap((copy): Charge[] => {
        const vault = at.referred(resource, copy.destination_vault_arn);
        const kept = backupsKept(perMonth, numberOf(blocksOf(copy.lifecycle)[0]?.delete_after));
        const copied = tableGb * perMonth + databaseGb;
        return [
          ...charge(
            "backup.dynamodb",
            tableGb * kept,
            `copies of ${name}: ${shown(tableGb)} GB x ${shown(kept)}`,
            vault?.region,
          ),
          ...charge("aurora.backup", databaseGb, `copies of ${name}: ${shown(databaseGb)} GB`, vault?.region),
          ...charge("transfer.regions", copied, `copies of ${name}: ${shown(copied)} GB a month`),
        ];
      }),
    ];
  });
}

export const backup: Pricings = {
  aws_backup_plan: plan,
  aws_backup_region_settings: free,
  aws_backup_selection: free,
  aws_backup_vault: free,
  aws_backup_vault_lock_configuration: free,
  aws_backup_vault_policy: free,
};
