import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DynamodbContributorInsights } from "@cdktf/provider-aws/lib/dynamodb-contributor-insights";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { DynamodbTableReplicaA as DynamodbTableReplica } from "@cdktf/provider-aws/lib/dynamodb-table-replica";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  parseConfig,
  type RegionalKey,
} from "../core";
import { addressPart } from "./address-part";
import { rememberAttributeType } from "./attribute-type";
import { type ReplicatedTableConfig, type ReplicatedTableInput, replicatedTableConfig, tableName } from "./config";
import { strongConsistencyProblem, strongReplicaBlocks } from "./strong-consistency";
import {
  literalTableArn,
  type ReadAccess,
  readStatement,
  streamStatement,
  type TableArn,
  type WriteAccess,
  writeStatement,
} from "./table-access";
import { TableAlarms } from "./table-alarms";
import { tableArguments } from "./table-arguments";
import { TableScaling } from "./table-scaling";

export interface ReplicatedTableProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ReplicatedTableInput;
  /** The name of the table, `<environment>-<name>`, the same in each region; cannot change. */
  readonly name: string;
  /** The region of the original table; cannot change. */
  readonly home: string;
  /** The regions that have a replica. Adding one only creates the replica. */
  readonly replicas: readonly string[];
  /** Regions whose replica is about to go: AWS deletes none with deletion protection. None by default. */
  readonly unprotected?: readonly string[];
  /** Encrypts the table and, with the key in its own region, each replica. */
  readonly key: RegionalKey;
  /** Where alarms in each region send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Enables CloudWatch Contributor Insights from the start; see `addContributorInsights`. */
  readonly contributorInsights?: boolean;
}

/**
 * A DynamoDB table that can be replicated at any time: it becomes a global table once `replicas` contains a region.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 */
export class ReplicatedTable extends Construct {
  /** The name of the table, the same in each region. */
  readonly tableName: string;
  /** The regions that have the table, home first. */
  readonly regions: readonly string[];
  private readonly config: ReplicatedTableConfig;
  private readonly key: RegionalKey;
  private readonly table: DynamodbTable;
  private readonly replicas = new Map<string, DynamodbTableReplica>();

  constructor(scope: Construct, id: string, props: ReplicatedTableProps) {
    super(scope, id);
    const { home, key } = props;
    this.config = parseConfig(replicatedTableConfig, props.config, this.node.path);
    this.tableName = parseConfig(tableName, props.name, `${this.node.path}: name`);
    this.regions = [home, ...props.replicas];
    this.key = key;
    this.checkRegions();

    this.table = new DynamodbTable(this, "table", {
      ...tableArguments(this.config),
      provider: this.provider(home),
      name: this.tableName,
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arnIn(home) },
    });
    for (const [name, type] of Object.entries(this.config.attributes)) {
      rememberAttributeType(this, this.table, name, type);
    }
    const homeScaling = this.addScaling(home, this.table);
    if (this.isStrong) this.addStrongReplicas(props);
    else for (const region of props.replicas) this.addReplica(props, region, homeScaling);
    for (const region of props.alarms ? this.regions : []) this.addAlarms(props, region);
    if (props.contributorInsights) this.addContributorInsights();
  }

  /** Enables CloudWatch Contributor Insights (the most used and most throttled keys) for the table and each global index. */
  addContributorInsights(): void {
    for (const region of this.regions) {
      const common = { provider: this.provider(region), tableName: this.tableName, dependsOn: [this.inRegion(region)] };
      new DynamodbContributorInsights(this, `insights-${region}`, common);
      for (const { name } of this.config.globalSecondaryIndexes) {
        const id = `insights-${region}-index-${addressPart(name)}`;
        new DynamodbContributorInsights(this, id, { ...common, indexName: name });
      }
    }
  }

  /** The ARN of the table or its replica in a region. @throws ConstructError if the table is not there */
  arnIn(region: string): string {
    const { arn } = this.inRegion(region);
    const [home = ""] = this.regions;
    return this.isStrong && region !== home ? Fn.replace(arn, `:${home}:`, `:${region}:`) : arn;
  }

  /**
   * The ARN of the stream in a region. Terraform looks up that of a replica.
   * @throws ConstructError if the table is not there
   */
  streamArnIn(region: string): string {
    const arn = this.arnIn(region);
    if (region === this.regions[0]) return this.table.streamArn;
    const id = `stream-${region}`;
    const known = this.node.tryFindChild(id) as DataAwsDynamodbTable | undefined;
    // The name is taken from the replica's ARN, so that the lookup depends on the replica.
    const name = Fn.element(Fn.split("/", arn), 1);
    return (known ?? new DataAwsDynamodbTable(this, id, { provider: this.provider(region), name })).streamArn;
  }

  /** Lets a principal read items in its own region: by key and by query, and optionally by scan. */
  grantRead(grantee: Grantee, access: ReadAccess = {}): void {
    this.addReading(grantee, access);
    this.key.grantUse(grantee, "dynamodb", "decrypt");
  }

  /** Lets a principal put, update and delete items in its own region. */
  grantWrite(grantee: Grantee, access: WriteAccess = {}): void {
    grantee.addToRolePolicy(writeStatement(this.tableArn(grantee.region), access));
    this.key.grantUse(grantee, "dynamodb");
  }

  /** `grantRead` and `grantWrite`. */
  grantReadWrite(grantee: Grantee, access: ReadAccess = {}): void {
    this.addReading(grantee, access);
    this.grantWrite(grantee, access);
  }

  /** Lets a principal read the stream in its own region. */
  grantStreamRead(grantee: Grantee): void {
    grantee.addToRolePolicy(streamStatement(this.tableArn(grantee.region)));
    this.key.grantUse(grantee, "dynamodb", "decrypt");
  }

  private addReading(grantee: Grantee, access: ReadAccess): void {
    if (access.scan && access.leadingKeys) {
      throw new ConstructError(
        this,
        "a scan has no leading key to check, so both cannot be granted",
        "remove one of them",
      );
    }
    grantee.addToRolePolicy(readStatement(this.tableArn(grantee.region), this.hasIndexes, access));
  }

  private tableArn(region: string): TableArn {
    // An account id is as long as any other.
    return { arn: this.arnIn(region), measuredAs: literalTableArn(region, "000000000000", this.tableName) };
  }

  private addReplica(props: ReplicatedTableProps, region: string, homeScaling: readonly ITerraformDependable[]): void {
    const previous = [...this.replicas.values()].slice(-1);
    const replica = new DynamodbTableReplica(this, `replica-${region}`, {
      provider: this.provider(region),
      globalTableArn: this.table.arn,
      kmsKeyArn: props.key.arnIn(region),
      // Fixed: changing it on a replica with a customer managed key can recreate the replica (provider issue 29222).
      pointInTimeRecovery: true,
      deletionProtectionEnabled: this.config.deletionProtection && !props.unprotected?.includes(region),
      // Copying a large table takes hours.
      timeouts: { create: "6h", update: "1h", delete: "1h" },
      // DynamoDB takes no other change of a table while it makes or deletes a replica.
      dependsOn: [...homeScaling, ...previous],
    });
    this.replicas.set(region, replica);
    this.addScaling(region, replica);
  }

  /** Adds the replicas as blocks of the table. The bindings of provider 5 have no properties for them. */
  private addStrongReplicas(props: ReplicatedTableProps): void {
    const strong = { regions: this.regions, witnessRegion: this.config.witnessRegion };
    const isProtected = (region: string) => this.config.deletionProtection && !props.unprotected?.includes(region);
    const blocks = strongReplicaBlocks(strong, (region) => props.key.arnIn(region), isProtected);
    for (const [name, value] of Object.entries(blocks)) this.table.addOverride(name, value);
    for (const region of props.replicas) this.addScaling(region, this.table);
  }

  private addScaling(region: string, table: ITerraformDependable): readonly ITerraformDependable[] {
    if (this.config.billingMode !== "PROVISIONED") return [];
    const props = { region, tableName: this.tableName, config: this.config, dependsOn: table };
    return new TableScaling(this, `scaling-${region}`, props).policies;
  }

  private addAlarms({ alarms }: ReplicatedTableProps, region: string): void {
    if (!alarms) return;
    new TableAlarms(this, `alarms-${region}`, {
      region,
      // With strong consistency there is no delay, and DynamoDB does not report this metric.
      otherRegions: this.isStrong ? [] : this.regions.filter((other) => other !== region),
      tableName: this.tableName,
      config: this.config,
      target: alarms,
    });
  }

  private provider(region: string) {
    return deploymentStackOf(this).providers.in(region);
  }

  private get isStrong(): boolean {
    return this.config.consistencyMode === "STRONG";
  }

  private get hasIndexes(): boolean {
    return this.config.globalSecondaryIndexes.length + this.config.localSecondaryIndexes.length > 0;
  }

  private inRegion(region: string): DynamodbTable | DynamodbTableReplica {
    if (region === this.regions[0] || (this.isStrong && this.regions.includes(region))) return this.table;
    const replica = this.replicas.get(region);
    if (replica) return replica;
    throw new ConstructError(
      this,
      `has no table in region "${region}", only in ${this.regions.join(", ")}`,
      "add the region to the table's replicas",
    );
  }

  private checkRegions(): void {
    const repeated = this.regions.find((region, at) => this.regions.indexOf(region) !== at);
    if (repeated) {
      throw new ConstructError(this, `region "${repeated}" is listed twice`, "list home and each replica once");
    }
    if (!this.isStrong) return;
    const wrong = strongConsistencyProblem({ regions: this.regions, witnessRegion: this.config.witnessRegion });
    if (wrong) throw new ConstructError(this, `consistency mode STRONG ${wrong.problem}`, wrong.remedy);
  }
}
