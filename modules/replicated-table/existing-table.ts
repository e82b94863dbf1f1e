import { UserError } from "../../errors";
import { dnsSuffixOf, type Grantee, type KeyUse } from "../core";
import { useActionsFor } from "../encryption-key";
import type { ReplicatedTable } from "./replicated-table";
import { type ReadAccess, readStatement, streamStatement, type WriteAccess, writeStatement } from "./table-access";

/** What services need of a table, whoever made it. */
export type UsableTable = Pick<
  ReplicatedTable,
  "tableName" | "regions" | "grantRead" | "grantWrite" | "grantReadWrite" | "streamArnIn" | "grantStreamRead"
>;

export interface ExistingTableProps {
  /** ARN of the table, or of its replica, by region; the home region first. */
  readonly arns: Readonly<Record<string, string>>;
  /** Whether it has indexes, which grants then reach as well. */
  readonly hasIndexes: boolean;
  /** Customer managed keys that encrypt it, by region. */
  readonly keyArns?: Readonly<Record<string, string>>;
  /** ARNs of its streams, by region. */
  readonly streamArns?: Readonly<Record<string, string>>;
}

/** A table that is there already: nothing of it is created or changed. */
export class ExistingTable implements UsableTable {
  readonly tableName: string;
  readonly regions: readonly string[];

  constructor(private readonly props: ExistingTableProps) {
    this.regions = Object.keys(props.arns);
    this.tableName = (Object.values(props.arns)[0] ?? "").split("/").at(-1) ?? "";
  }

  grantRead(grantee: Grantee, access: ReadAccess = {}): void {
    this.addReading(grantee, access);
    this.grantKey(grantee, "decrypt");
  }

  grantWrite(grantee: Grantee, access: WriteAccess = {}): void {
    const arn = this.arnIn(grantee.region);
    grantee.addToRolePolicy(writeStatement({ arn, measuredAs: arn }, access));
    this.grantKey(grantee);
  }

  grantReadWrite(grantee: Grantee, access: ReadAccess = {}): void {
    this.addReading(grantee, access);
    this.grantWrite(grantee, access);
  }

  grantStreamRead(grantee: Grantee): void {
    const arn = this.arnIn(grantee.region);
    grantee.addToRolePolicy(streamStatement({ arn, measuredAs: arn }));
    this.grantKey(grantee, "decrypt");
  }

  streamArnIn(region: string): string {
    const arn = this.props.streamArns?.[region];
    if (arn !== undefined) return arn;
    throw new ExistingTableError(
      `the stream of the existing table ${this.tableName} in ${region} is not known; name it in streamArns`,
    );
  }

  private addReading(grantee: Grantee, access: ReadAccess): void {
    const arn = this.arnIn(grantee.region);
    grantee.addToRolePolicy(readStatement({ arn, measuredAs: arn }, this.props.hasIndexes, access));
  }

  private arnIn(region: string): string {
    const arn = this.props.arns[region];
    if (arn !== undefined) return arn;
    const known = this.regions.join(", ");
    throw new ExistingTableError(
      `the existing table ${this.tableName} is in ${known}, not in ${region}; add its replica`,
    );
  }

  private grantKey(grantee: Grantee, use?: KeyUse): void {
    const { region } = grantee;
    const key = this.props.keyArns?.[region];
    if (key === undefined) return;
    grantee.addToRolePolicy({
      actions: useActionsFor(use),
      resources: [key],
      conditions: { StringEquals: { "kms:ViaService": `dynamodb.${region}.${dnsSuffixOf(region)}` } },
    });
  }
}

/** An existing table is used in a region without it. */
export class ExistingTableError extends UserError {
  override readonly name = "ExistingTableError";
}
