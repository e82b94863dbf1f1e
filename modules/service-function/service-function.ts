import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaFunctionRecursionConfig } from "@cdktf/provider-aws/lib/lambda-function-recursion-config";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { LambdaRuntimeManagementConfig } from "@cdktf/provider-aws/lib/lambda-runtime-management-config";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { hasSnapStart } from "../../values/availability";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  isMarked,
  LogGroup,
  mark,
  type PolicyStatement,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../core";
import type { DeadLetterQueue } from "../dead-letter-queue";
import { acceptedOfFunction } from "./accepted";
import { type ServiceFunctionConfig, type ServiceFunctionInput, serviceFunctionConfig } from "./config";
import { functionDeadLetters } from "./dead-letters";
import { ExecutionRole, functionArns } from "./execution-role";
import { checkDestination, destinationAlarms, type FailureDestination, grantSending } from "./failure-destination";
import { functionAlarms } from "./function-alarms";
import { functionCode, type ImageCode, type ZippedCode } from "./function-code";
import { FunctionLayers } from "./function-layers";
import { type FunctionVpc, functionEnvironment, scanTags, vpcStatements } from "./function-settings";
import { liveAlias } from "./live-alias";
import { ProvisionedConcurrency } from "./provisioned-concurrency";
import type { AttachableLayer, CodeSigner } from "./signed-code";

export interface ServiceFunctionProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ServiceFunctionInput;
  /** Name of the function, `<environment>-<service>`. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts environment variables, logs and dead letters. */
  readonly key: RegionalKey;
  /** The folder that `config.entry` is relative to; defaults to the working directory. */
  readonly projectRoot?: string;
  /** Identifiers in the code, with the values that the bundler puts in their places; JSON values. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Environment variables whose values only the stack knows, added to those in the config. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** Enables X-Ray active tracing. */
  readonly tracing: boolean;
  /**
   * Whether the code begins with the runtime's tracing by OpenTelemetry, which its variables then have to tell where spans go; see
   * runtime/tracing. In place of X-Ray, not beside it.
   */
  readonly openTelemetry?: boolean;
  /** Whether its code begins with what asks STS for identity tokens, for a login to Vault or OpenBao by these. */
  readonly identityTokens?: boolean;
  /**
   * Keeps the events of asynchronous invocations that failed after all retries, from the start; see `addDeadLetters`. */
  readonly deadLetters?: boolean;
  /** Creates the provisioned concurrency defined in the config, from the start; see `addProvisionedConcurrency`. */
  readonly provisionedConcurrency?: boolean;
  /** Starts environments from snapshots if the config says so, from the start; see `addSnapStart`. */
  readonly snapStart?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** The network that it runs in; outside of any if left out. */
  readonly vpc?: FunctionVpc;
  /** At most five, in the function's region. */
  readonly layerArns?: readonly string[];
  /** Lambda checks code as this configuration says, and refuses what Terraform uploads if it enforces signatures; `signCode` has the code signed. */
  readonly codeSigningConfigArn?: string;
  /** Path of the role, with a / at either end; that of `setRoleSettings` if left out. */
  readonly rolePath?: string;
  /** Policy that is the permissions boundary of the role; that of `setRoleSettings` if left out. */
  readonly permissionsBoundaryArn?: string;
}

/** What a permission to invoke is for: both are known in every plan, so a change of the function replaces no permission. */
export interface PermissionTarget {
  readonly functionName: string;
  readonly qualifier: string;
}

/** What moves the limits of provisioned concurrency has to keep to, and may write to. */
export interface ProvisionedLimits {
  /** The least and the most environments. */
  readonly min: number;
  readonly max: number;
  /** ARN of the scalable target, as a reference. */
  readonly targetArn: string;
}

/**
 * A Lambda function in one region, with its code, role, log group and `live` alias.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export class ServiceFunction extends Construct implements Grantee {
  readonly region: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly aliasName: string;
  readonly aliasArn: string;
  /** The invoke ARN of the alias, for API Gateway integrations. */
  readonly invokeArn: string;
  /** Function and alias for permissions to invoke, as references: Lambda looks both up, so a permission comes after them. */
  readonly permissionTarget: PermissionTarget;
  readonly roleArn: string;
  /** The role's literal ARN, for literal configuration. */
  readonly literalRoleArn: string;
  readonly logGroupName: string;
  /** The policy of the role; depend on it where AWS looks at a permission when something is created. */
  readonly rolePolicy: ITerraformDependable;
  /** Timeout of one invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** Concurrent executions: what it reserves, null where it shares the account's pool, and the most that are provisioned by its config. */
  readonly concurrency: { readonly reserved: number | null; readonly mostProvisioned: number };
  /** Size of the code in bytes, zipped and unzipped; both 0 for an image, whose size is not known. */
  readonly codeSize: { readonly zippedBytes: number; readonly unzippedBytes: number };
  /**
   * Whether its code answers warming calls: it imports `httpApi`, `eventConsumer`, `boundedHandler` or `warmable` of the runtime, or its config says so.
   */
  readonly answersWarming: boolean;
  /** Whether its code answers probe calls: it imports `pauseWhileOpen` of the runtime, or its config says so. */
  readonly answersProbes: boolean;
  /** How its execution environments are to be kept there by calls, if they are. */
  readonly warming?: ServiceFunctionConfig["warming"];
  private readonly role: ExecutionRole;
  private readonly config: ServiceFunctionConfig;
  private readonly lambda: LambdaFunction;
  private readonly alias: LambdaAlias;
  private readonly asyncInvoke: LambdaFunctionEventInvokeConfig;
  private readonly addedVariables: Record<string, string> = {};
  private readonly errorsAlarm?: CloudwatchMetricAlarm;
  private deadLetters?: DeadLetterQueue;
  private failureDestination?: FailureDestination;
  private provisionedConcurrency?: ProvisionedConcurrency;
  private readonly code: ZippedCode | ImageCode;
  private readonly layers: FunctionLayers;

  /** Whether a construct is one of these, whichever copy of this package has made it. */
  static isServiceFunction(construct: object): construct is ServiceFunction {
    return isMarked(construct, "ServiceFunction");
  }

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceFunctionProps,
  ) {
    super(scope, id);
    mark(this, "ServiceFunction");
    const { region, account, key, alarms } = props;
    const config = parseConfig(serviceFunctionConfig, props.config, this.node.path);
    this.config = config;
    const provider = deploymentStackOf(this).providers.in(region);
    const name = resourceName(this, [props.name], 64);
    const keyArn = key.arnIn(region);
    if (props.tracing && props.openTelemetry) {
      throw new ConstructError(
        this,
        "is traced by X-Ray and by OpenTelemetry, and would be twice",
        "choose one of them",
      );
    }
    const { projectRoot, openTelemetry, identityTokens } = props;
    const define = defined(props.constants);
    const code = functionCode(this, { config, region, projectRoot, openTelemetry, identityTokens, define });
    const variables = functionEnvironment(this, config, props.environmentVariables ?? {});
    const { architecture } = config;
    const { zippedBytes, unzippedBytes } = code.kind === "zip" ? code : { zippedBytes: 0, unzippedBytes: 0 };
    const layers = new FunctionLayers(this, props.layerArns ?? [], {
      region,
      runtime: code.kind === "zip" ? code.runtime : undefined,
      architecture,
      unzippedBytes,
    });
    if (code.kind === "zip" && code.lacks !== undefined) {
      const message = `has no file ${code.lacks}, which ${code.runtime} runs, and no layer that could bring it; put it at the root of the code`;
      this.node.addValidation({ validate: () => (layers.arns ? [] : [message]) });
    }
    if (code.kind === "image" && props.codeSigningConfigArn !== undefined) throw unsignedImage(this);

    this.role = new ExecutionRole(this, "execution", {
      region,
      account,
      functionName: name,
      path: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const logGroup = new LogGroup(this, "log-group", {
      provider,
      name: `/aws/lambda/${name}`,
      retentionDays: config.logRetentionDays,
      keyArn,
    });
    const lambda = new LambdaFunction(this, "function", {
      provider,
      functionName: name,
      role: this.role.roleArn,
      ...packageOf(code),
      architectures: [architecture],
      publish: true,
      memorySize: config.memoryMb,
      timeout: config.timeoutSeconds,
      ephemeralStorage: { size: config.ephemeralStorageMb },
      reservedConcurrentExecutions: config.reservedConcurrency ?? -1,
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        applicationLogLevel: config.logLevel,
        systemLogLevel: config.systemLogLevel,
      },
      tracingConfig: { mode: props.tracing ? "Active" : "PassThrough" },
      // Without variables Lambda drops the key, so every plan would show a change.
      ...(variables ? { environment: { variables }, kmsKeyArn: keyArn } : {}),
      layers: layers.arns,
      vpcConfig: props.vpc && {
        subnetIds: [...props.vpc.subnetIds],
        securityGroupIds: [...props.vpc.securityGroupIds],
      },
      codeSigningConfigArn: props.codeSigningConfigArn,
      tags: scanTags(config),
      dependsOn: [this.role.policy, logGroup],
    });
    acceptedOfFunction(lambda, {
      isImage: code.kind === "image",
      keepsFailedEvents: () => (this.deadLetters ?? this.failureDestination) !== undefined,
    });
    const alias = new LambdaAlias(this, "alias", {
      provider,
      name: liveAlias,
      functionName: lambda.functionName,
      functionVersion: lambda.version,
    });

    this.region = region;
    this.functionName = name;
    this.functionArn = lambda.arn;
    this.aliasName = liveAlias;
    this.aliasArn = alias.arn;
    this.invokeArn = alias.invokeArn;
    this.permissionTarget = { functionName: lambda.functionName, qualifier: alias.name };
    this.roleArn = this.role.roleArn;
    this.literalRoleArn = this.role.literalRoleArn;
    this.logGroupName = logGroup.name;
    this.rolePolicy = this.role.policy;
    this.timeoutSeconds = config.timeoutSeconds;
    const { max = 0, schedules = [] } = config.provisionedConcurrency ?? {};
    this.concurrency = {
      reserved: config.reservedConcurrency,
      mostProvisioned: Math.max(max, ...schedules.map((schedule) => schedule.max)),
    };
    this.lambda = lambda;
    this.alias = alias;
    this.code = code;
    this.layers = layers;
    this.answersWarming = code.answersWarming;
    this.answersProbes = code.answersProbes;
    this.warming = config.warming;
    this.codeSize = { zippedBytes, unzippedBytes };

    if (variables) key.grantUse(this.self, "lambda", "decrypt");
    if (props.tracing) {
      this.role.addOwnStatement({
        sid: "WriteTraces",
        actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        resources: ["*"],
        wildcards: { resource: "X-Ray has no resources for these actions: IAM takes nothing but *." },
      });
    }
    if (props.vpc) {
      acceptFinding(
        this.role.policy,
        "CKV_AWS_290",
        "Lambda manages network interfaces with it, whose ids nobody knows before; the next statement keeps them from the code.",
      );
      for (const statement of vpcStatements(functionArns({ region, account, functionName: name }).function)) {
        this.role.addOwnStatement(statement);
      }
    }
    if (config.updateRuntimeOn !== "Auto") {
      new LambdaRuntimeManagementConfig(this, "runtime-management", {
        provider,
        functionName: lambda.functionName,
        updateRuntimeOn: config.updateRuntimeOn,
      });
    }
    if (config.recursion) {
      new LambdaFunctionRecursionConfig(this, "recursion", {
        provider,
        functionName: lambda.functionName,
        recursiveLoop: "Allow",
      });
    }
    this.asyncInvoke = new LambdaFunctionEventInvokeConfig(this, "async-invoke", {
      provider,
      functionName: lambda.functionName,
      qualifier: alias.name,
      maximumRetryAttempts: config.asyncInvoke.maximumRetryAttempts,
      maximumEventAgeInSeconds: config.asyncInvoke.maximumEventAgeSeconds,
      // Lambda rejects a destination that the role may not send to.
      dependsOn: [this.role.policy],
    });
    if (alarms) this.errorsAlarm = functionAlarms(this, { name, region, config, target: alarms }).errors;
    if (props.deadLetters) this.addDeadLetters();
    if (props.provisionedConcurrency) this.addProvisionedConcurrency();
    if (props.snapStart) this.addSnapStart();
  }

  /** ARN of the alarm on failed invocations, if there are alarms. */
  get errorsAlarmArn(): string | undefined {
    return this.errorsAlarm?.arn;
  }

  /** The dead-letter queue, if there is one. */
  get deadLetterQueueArn(): string | undefined {
    return this.deadLetters?.queueArn;
  }

  /** Whether environments are kept warm. */
  get isProvisioned(): boolean {
    return this.provisionedConcurrency !== undefined;
  }

  /** Keeps the events of asynchronous invocations that failed after all retries in a queue, with alarms; a second call changes nothing, nor
   * does one after `sendFailuresTo`.
   */
  addDeadLetters(): void {
    if (this.deadLetters || this.failureDestination) return;
    const { functionName: name, region, self: grantee, config } = this;
    const { key, alarms } = this.props;
    this.deadLetters = functionDeadLetters(this, { name, region, key, grantee, config, alarms });
    this.asyncInvoke.putDestinationConfig({ onFailure: { destination: this.deadLetters.queueArn } });
  }

  /**
   * Sends the records of asynchronous invocations that failed after all retries elsewhere, in place of a queue of dead letters of its
   * own, with alarms.
   * @throws ConstructError if they go somewhere already, for a FIFO queue or topic, and for what is in another region
   */
  sendFailuresTo(destination: FailureDestination): void {
    if (this.deadLetters || this.failureDestination) {
      throw new ConstructError(this, "sends failed events somewhere already", "name one destination");
    }
    const { functionName: name, region } = this;
    checkDestination(this, destination, region);
    this.failureDestination = destination;
    grantSending(this.self, destination);
    this.asyncInvoke.putDestinationConfig({ onFailure: { destination: destination.arn } });
    const { alarms: target } = this.props;
    if (target) destinationAlarms(this, { name, region, target, title: destination.title });
  }

  /** Whether its code is an image, which has neither layers nor signatures. */
  get isImage(): boolean {
    return this.code.kind === "image";
  }

  /**
   * Has Lambda start environments from a snapshot, which it takes of each version when that is published, if the config says so. The function is
   * changed in place.
   * @throws ConstructError in a region that has no SnapStart
   */
  addSnapStart(): void {
    if (!this.config.snapStart) return;
    if (!hasSnapStart(this.region)) {
      const problem = `would start from snapshots, which Lambda does not offer in ${this.region}`;
      throw new ConstructError(this, problem, "remove snapStart, or choose another region");
    }
    this.lambda.putSnapStart({ applyOn: "PublishedVersions" });
  }

  /** Creates the provisioned concurrency that the config defines, if it does; a second call changes nothing. */
  addProvisionedConcurrency(): void {
    const { provisionedConcurrency: config } = this.config;
    if (this.provisionedConcurrency || !config) return;
    this.provisionedConcurrency = new ProvisionedConcurrency(this, "provisioned-concurrency", {
      region: this.region,
      functionName: this.lambda.functionName,
      aliasName: this.alias.name,
      name: this.functionName,
      config,
      alarms: this.props.alarms,
    });
  }

  /**
   * Leaves the limits of the provisioned concurrency to something that writes scheduled actions at run time: an apply does not move them
   * back. Creates the provisioned concurrency if it is not there yet.
   * @throws ConstructError if the config defines none, or schedules that would move the same limits
   */
  leaveProvisionedLimits(): ProvisionedLimits {
    const { provisionedConcurrency: config } = this.config;
    if (!config) {
      throw new ConstructError(
        this,
        "has no provisioned concurrency to forecast",
        "define provisionedConcurrency in its config",
      );
    }
    if (config.schedules.length > 0) {
      throw new ConstructError(this, "has schedules, which move the same limits as a forecast", "remove them");
    }
    this.addProvisionedConcurrency();
    const targetArn = (this.provisionedConcurrency as ProvisionedConcurrency).leaveLimits();
    return { min: config.min, max: config.max, targetArn };
  }

  /**
   * Adds environment variables whose values are only known later, such as names of what a team builds beside the function.
   * @throws ConstructError if one is set already, has a name that Lambda refuses, or looks like a secret
   */
  addEnvironmentVariables(variables: Readonly<Record<string, string>>): void {
    const { key, region, environmentVariables = {} } = this.props;
    const taken = Object.keys(variables).find((name) => name in { ...environmentVariables, ...this.addedVariables });
    if (taken !== undefined) {
      const problem = `the environment variable "${taken}" is set already`;
      throw new ConstructError(this, problem, "choose another name");
    }
    Object.assign(this.addedVariables, variables);
    const all = functionEnvironment(this, this.config, { ...environmentVariables, ...this.addedVariables });
    this.lambda.putEnvironment({ variables: all });
    this.lambda.kmsKeyArn = key.arnIn(region);
    key.grantUse(this.self, "lambda", "decrypt");
  }

  /**
   * Adds a layer, after those that it has.
   * @throws ConstructError for a sixth one, and for one of another region or runtime, or that is too large together with the code
   */
  addLayer(layer: AttachableLayer): void {
    this.layers.add(layer);
    this.lambda.layers = this.layers.arns ?? [];
  }

  /**
   * Takes its code from what a signer has signed, in place of a zip that Terraform uploads, and has Lambda check signatures. Its own layers
   * are signed too. The function is changed in place.
   * @throws ConstructError if it is signed already, for a signer of another region, and for a layer that nobody signs where Lambda refuses that
   */
  signCode(signer: CodeSigner): void {
    const { functionName: name, region, lambda } = this;
    if (lambda.codeSigningConfigArnInput !== undefined) {
      throw new ConstructError(this, "has a code signing configuration already", "leave codeSigningConfigArn out");
    }
    if (signer.region !== region) {
      throw new ConstructError(
        this,
        `is in ${region}, but its code would be signed in ${signer.region}`,
        "sign it there",
      );
    }
    if (this.code.kind === "image") throw unsignedImage(this);
    this.layers.sign(signer);
    const { assetPath, sourceCodeHash: hash } = this.code;
    const { bucket, key } = signer.sign(this, { name, assetPath, hash });
    lambda.resetFilename();
    lambda.s3Bucket = bucket;
    lambda.s3Key = key;
    // Those that were signed are other versions.
    const { arns } = this.layers;
    if (arns) lambda.layers = arns;
    lambda.codeSigningConfigArn = signer.configArn;
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.role.addToRolePolicy(statement);
  }

  /** The function as one that is granted what it needs for itself. */
  private get self(): Grantee {
    return { region: this.region, addToRolePolicy: (statement) => this.role.addOwnStatement(statement) };
  }

  /**
   * Allows an AWS service to invoke the alias.
   * @param id kebab-case, unique among the callers of this function; it becomes part of the Terraform address
   * @param principal the service principal, such as `apigateway.amazonaws.com`
   * @param sourceArn the resource in that service that may invoke; may contain wildcards
   */
  allowInvoke(id: string, principal: string, sourceArn: string): void {
    new LambdaPermission(this, `invoke-${id}`, {
      provider: deploymentStackOf(this).providers.in(this.region),
      action: "lambda:InvokeFunction",
      ...this.permissionTarget,
      principal,
      sourceArn,
    });
  }
}

/** What of a function says where its code is, and what runs it. */
function packageOf(code: ZippedCode | ImageCode) {
  if (code.kind === "zip") {
    const { assetPath: filename, sourceCodeHash, handler, runtime } = code;
    return { filename, sourceCodeHash, handler, runtime };
  }
  const { uri, entryPoint, command, workingDirectory } = code;
  const overrides = {
    ...(entryPoint && { entryPoint: [...entryPoint] }),
    ...(command && { command: [...command] }),
    ...(workingDirectory !== undefined && { workingDirectory }),
  };
  return {
    packageType: "Image",
    imageUri: uri,
    ...(Object.keys(overrides).length > 0 ? { imageConfig: overrides } : {}),
  };
}

const unsignedImage = (fn: Construct): ConstructError =>
  new ConstructError(
    fn,
    "is an image, for which Lambda checks no signatures",
    "leave code signing out, or bring its code as an archive or a folder",
  );

const defined = (constants: ServiceFunctionProps["constants"]): Record<string, string> | undefined =>
  constants && Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
