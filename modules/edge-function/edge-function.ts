import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  LogGroup,
  type PolicyStatement,
  parseConfig,
  partitionOf,
  type RegionalKey,
  resourceName,
} from "../core";
import { acceptedOfEdgeFunction } from "./accepted";
import { type EdgeFunctionInput, edgeFunctionConfig } from "./config";
import { edgeAlarms } from "./edge-alarms";
import { edgeBundle } from "./edge-bundle";
import { EdgeRole } from "./edge-role";
import { type EdgeEventType, edgeHome } from "./limits";

export interface EdgeFunctionProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EdgeFunctionInput;
  /** Function name, `<environment>-<name>`. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Regions that get a log group: those in `edgeCacheRegions` near the viewers. More can be added later. */
  readonly logRegions: readonly string[];
  /** Encrypts the logs in `keyRegions`; in other regions CloudWatch Logs uses its own key. */
  readonly key?: RegionalKey;
  /** The regions that hold the key. */
  readonly keyRegions?: readonly string[];
  /** The folder that `config.entry` is relative to; defaults to the working directory. */
  readonly projectRoot?: string;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Regions that have an alarm topic; defaults to us-east-1. */
  readonly alarmRegions?: readonly string[];
  /** Path of the role, with a / at either end; that of `setRoleSettings` if left out. */
  readonly rolePath?: string;
  /** Policy that is the permissions boundary of the role; that of `setRoleSettings` if left out. */
  readonly permissionsBoundaryArn?: string;
}

/**
 * A Lambda@Edge function: created in us-east-1, associated by a numbered version, and run near the viewers.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-the-edge.html
 */
export class EdgeFunction extends Construct implements Grantee {
  /** Where the function is created, not where it runs. */
  readonly region = edgeHome;
  readonly functionName: string;
  /** ARN of the numbered version; CloudFront accepts no other form. */
  readonly qualifiedArn: string;
  /** Events that the function may be associated with. */
  readonly eventTypes: readonly EdgeEventType[];
  readonly roleArn: string;
  /** The log group's name, the same in every region. */
  readonly logGroupName: string;
  /** Timeout of one invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** Size of the code in bytes, zipped and unzipped. */
  readonly codeSize: { readonly zippedBytes: number; readonly unzippedBytes: number };
  private readonly role: EdgeRole;

  constructor(scope: Construct, id: string, props: EdgeFunctionProps) {
    super(scope, id);
    const config = parseConfig(edgeFunctionConfig, props.config, this.node.path);
    this.checkRegions(props);
    const name = resourceName(this, [props.name], 64);
    const bundle = edgeBundle(this, config, props.projectRoot);

    this.logGroupName = `/aws/lambda/${edgeHome}.${name}`;
    this.role = new EdgeRole(this, "execution", {
      account: props.account,
      functionName: name,
      logGroupName: this.logGroupName,
      logRegions: props.logRegions,
      path: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const logGroups = props.logRegions.map((region) => this.addLogGroup(region, config.logRetentionDays, props));
    const lambda = new LambdaFunction(this, "function", {
      provider: deploymentStackOf(this).providers.in(edgeHome),
      functionName: name,
      role: this.role.roleArn,
      filename: bundle.assetPath,
      sourceCodeHash: bundle.sourceCodeHash,
      handler: `index.${config.handler}`,
      runtime: config.runtime,
      architectures: ["x86_64"],
      publish: true,
      memorySize: config.memoryMb,
      timeout: config.timeoutSeconds,
      loggingConfig: {
        logFormat: "JSON",
        // Lambda@Edge itself adds "us-east-1." to the name of this default group.
        logGroup: `/aws/lambda/${name}`,
        applicationLogLevel: config.logLevel,
        systemLogLevel: config.systemLogLevel,
      },
      skipDestroy: config.skipDestroy,
      // Publishing waits until the code is ready. A real delete has to wait until the replicas are gone.
      timeouts: { create: "15m", update: "15m", delete: config.skipDestroy ? "15m" : "6h" },
      dependsOn: [this.role.policy, ...logGroups],
    });

    acceptedOfEdgeFunction(lambda);

    this.functionName = name;
    this.qualifiedArn = lambda.qualifiedArn;
    this.eventTypes = config.eventTypes;
    this.roleArn = this.role.roleArn;
    this.timeoutSeconds = config.timeoutSeconds;
    this.codeSize = { zippedBytes: bundle.zippedBytes, unzippedBytes: bundle.unzippedBytes };
    if (props.alarms) {
      edgeAlarms(this, {
        name,
        regions: props.alarmRegions ?? [edgeHome],
        thresholds: config.alarms,
        target: props.alarms,
      });
    }
  }

  /**
   * Grants give access to resources in us-east-1. Prefer to leave data access to the origin, which is closer to the
   * data.
   */
  addToRolePolicy(statement: PolicyStatement): void {
    this.role.addToRolePolicy(statement);
  }

  private addLogGroup(region: string, retentionDays: number, props: EdgeFunctionProps): LogGroup {
    const logGroup = new LogGroup(this, `log-group-${region}`, {
      provider: deploymentStackOf(this).providers.in(region),
      name: this.logGroupName,
      retentionDays,
      keyArn: props.keyRegions?.includes(region) ? props.key?.arnIn(region) : undefined,
    });
    if (!props.keyRegions?.includes(region)) {
      acceptFinding(
        logGroup,
        "CKV_AWS_158",
        "The region has no key of this environment, so CloudWatch Logs encrypts it with a key of its own.",
      );
    }
    return logGroup;
  }

  private checkRegions({ logRegions, key, keyRegions }: EdgeFunctionProps): void {
    if (!logRegions.includes(edgeHome)) {
      throw new ConstructError(this, `logRegions is missing ${edgeHome}, where the function also runs`, "add it");
    }
    const repeated = logRegions.find((region, index) => logRegions.indexOf(region) !== index);
    if (repeated) {
      throw new ConstructError(this, `logRegions lists "${repeated}" twice`, "list each region once");
    }
    const foreign = logRegions.find((region) => partitionOf(region) !== "aws");
    if (foreign) {
      throw new ConstructError(this, `logRegions lists "${foreign}", where Lambda@Edge never runs`, "remove it");
    }
    if (key && !keyRegions?.length) {
      throw new ConstructError(
        this,
        "has a key but no keyRegions, so no log would be encrypted with it",
        "pass keyRegions",
      );
    }
  }
}
