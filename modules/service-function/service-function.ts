import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { LambdaRuntimeManagementConfig } from "@cdktf/provider-aws/lib/lambda-runtime-management-config";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../core";
import { type ServiceFunctionInput, serviceFunctionConfig } from "./config";
import { functionDeadLetters } from "./dead-letters";
import { ExecutionRole, functionArns } from "./execution-role";
import { functionAlarms } from "./function-alarms";
import { checkLayers, type FunctionVpc, functionEnvironment, vpcStatements } from "./function-settings";
import { handlerBundle } from "./handler-bundle";
import { liveAlias } from "./live-alias";
import { ProvisionedConcurrency } from "./provisioned-concurrency";

export interface ServiceFunctionProps {
  readonly config: ServiceFunctionInput;
  /** Name of the function, `<environment>-<service>`. */
  readonly name: string;
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts environment variables, logs and dead letters. */
  readonly key: RegionalKey;
  /** The folder that `config.entry` is relative to; defaults to the working directory. */
  readonly projectRoot?: string;
  /** Environment variables whose values only the stack knows, added to those in the config. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** Enables X-Ray active tracing. */
  readonly tracing: boolean;
  /** Keeps the events of asynchronous invocations that failed after all retries. */
  readonly deadLetters: boolean;
  /** Creates the provisioned concurrency defined in the config. */
  readonly provisionedConcurrency: boolean;
  readonly alarms?: AlarmTarget;
  readonly vpc?: FunctionVpc;
  /** At most five, in the function's region. */
  readonly layerArns?: readonly string[];
  readonly codeSigningConfigArn?: string;
  readonly rolePath?: string;
  readonly permissionsBoundaryArn?: string;
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
  readonly roleArn: string;
  /** The role's literal ARN, for literal configuration. */
  readonly literalRoleArn: string;
  readonly logGroupName: string;
  /** Timeout of one invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** The dead-letter queue, if there is one. */
  readonly deadLetterQueueArn?: string;
  /** Size of the code in bytes, zipped and unzipped. */
  readonly codeSize: { readonly zippedBytes: number; readonly unzippedBytes: number };
  private readonly role: ExecutionRole;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { region, account, key, alarms } = props;
    const config = parseConfig(serviceFunctionConfig, props.config, this.node.path);
    const provider = deploymentStackOf(this).providers.in(region);
    const name = resourceName(this, [props.name], 64);
    const keyArn = key.arnIn(region);
    const bundle = handlerBundle(this, { ...config, projectRoot: props.projectRoot });
    const variables = functionEnvironment(this, config, props.environmentVariables ?? {});

    this.role = new ExecutionRole(this, "execution", {
      region,
      account,
      functionName: name,
      path: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      provider,
      name: `/aws/lambda/${name}`,
      retentionInDays: config.logRetentionDays,
      kmsKeyId: keyArn,
      logGroupClass: "STANDARD",
    });
    const lambda = new LambdaFunction(this, "function", {
      provider,
      functionName: name,
      role: this.role.roleArn,
      filename: bundle.assetPath,
      sourceCodeHash: bundle.sourceCodeHash,
      handler: `index.${config.handler}`,
      runtime: config.runtime,
      architectures: ["arm64"],
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
      layers: checkLayers(this, props.layerArns, region),
      vpcConfig: props.vpc && {
        subnetIds: [...props.vpc.subnetIds],
        securityGroupIds: [...props.vpc.securityGroupIds],
      },
      codeSigningConfigArn: props.codeSigningConfigArn,
      dependsOn: [this.role.policy, logGroup],
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
    this.roleArn = this.role.roleArn;
    this.literalRoleArn = this.role.literalRoleArn;
    this.logGroupName = logGroup.name;
    this.timeoutSeconds = config.timeoutSeconds;
    this.codeSize = { zippedBytes: bundle.zippedBytes, unzippedBytes: bundle.unzippedBytes };

    if (variables) key.grantUse(this, "lambda");
    if (props.tracing) {
      this.addToRolePolicy({
        sid: "WriteTraces",
        actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        resources: ["*"],
      });
    }
    if (props.vpc) {
      for (const statement of vpcStatements(functionArns({ region, account, functionName: name }).function)) {
        this.addToRolePolicy(statement);
      }
    }
    if (config.updateRuntimeOn !== "Auto") {
      new LambdaRuntimeManagementConfig(this, "runtime-management", {
        provider,
        functionName: lambda.functionName,
        updateRuntimeOn: config.updateRuntimeOn,
      });
    }
    const deadLetters = props.deadLetters
      ? functionDeadLetters(this, { name, region, key, grantee: this, config, alarms })
      : undefined;
    this.deadLetterQueueArn = deadLetters?.queueArn;
    new LambdaFunctionEventInvokeConfig(this, "async-invoke", {
      provider,
      functionName: lambda.functionName,
      qualifier: alias.name,
      maximumRetryAttempts: config.asyncInvoke.maximumRetryAttempts,
      maximumEventAgeInSeconds: config.asyncInvoke.maximumEventAgeSeconds,
      ...(deadLetters ? { destinationConfig: { onFailure: { destination: deadLetters.queueArn } } } : {}),
      // Lambda rejects a destination that the role may not send to.
      dependsOn: [this.role.policy],
    });
    if (props.provisionedConcurrency && config.provisionedConcurrency) {
      new ProvisionedConcurrency(this, "provisioned-concurrency", {
        region,
        functionName: lambda.functionName,
        aliasName: alias.name,
        name,
        config: config.provisionedConcurrency,
        alarms,
      });
    }
    if (alarms) functionAlarms(this, { name, region, config, target: alarms });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.role.addToRolePolicy(statement);
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
      functionName: this.functionName,
      qualifier: this.aliasName,
      principal,
      sourceArn,
    });
  }
}
