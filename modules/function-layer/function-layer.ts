import { createHash } from "node:crypto";
import path from "node:path";
import { LambdaLayerVersion } from "@cdktf/provider-aws/lib/lambda-layer-version";
import { LambdaLayerVersionPermission } from "@cdktf/provider-aws/lib/lambda-layer-version-permission";
import { AssetType, TerraformAsset, Token } from "cdktf";
import { Construct } from "constructs";
import { writeWhole } from "../../loader";
import { deploymentStackOf, parseConfig, resourceName } from "../core";
import { type AttachableLayer, type CodeSigner, checkSize, zipOf } from "../service-function";
import { type FunctionLayerConfig, type FunctionLayerInput, functionLayerConfig } from "./config";
import { layerFiles } from "./layer-files";

export interface FunctionLayerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: FunctionLayerInput;
  /** Name of the layer, `<environment>-<layer>`; cannot change. */
  readonly name: string;
  /** The region of the functions that use it. */
  readonly region: string;
  /** The folder that paths of the config are relative to; defaults to the working directory. */
  readonly projectRoot?: string;
}

/** Where a version has its zip from. */
type Source = Pick<
  ConstructorParameters<typeof LambdaLayerVersion>[2],
  "filename" | "s3Bucket" | "s3Key" | "sourceCodeHash"
>;

/**
 * Files that functions of one region find below `/opt`. Each change makes another version; earlier ones stay, so that a function can go back to
 * its own.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 */
export class FunctionLayer extends Construct implements AttachableLayer {
  readonly title: string;
  readonly region: string;
  readonly compatibleRuntimes: readonly string[];
  readonly architecture: "arm64" | "x86_64";
  readonly unzippedBytes: number;
  private readonly config: FunctionLayerConfig;
  private readonly zip: { readonly assetPath: string; readonly hash: string };
  private version: LambdaLayerVersion;
  private isSigned = false;

  constructor(scope: Construct, id: string, props: FunctionLayerProps) {
    super(scope, id);
    const config = parseConfig(functionLayerConfig, props.config, this.node.path);
    this.config = config;
    this.title = resourceName(this, [props.name], 140);
    this.region = props.region;
    this.compatibleRuntimes = config.compatibleRuntimes;
    this.architecture = config.architecture;
    const files = layerFiles(this, config, path.resolve(props.projectRoot ?? process.cwd()));
    const bytes = zipOf(files);
    this.unzippedBytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    checkSize(this, config.folder ?? "its bundles", {
      zippedBytes: bytes.length,
      unzippedBytes: this.unzippedBytes,
    });
    this.zip = this.asset(bytes);
    const { assetPath, hash } = this.zip;
    this.version = this.addVersion("version", { filename: assetPath, sourceCodeHash: hash });
  }

  /** ARN of the version that functions get, the signed one where there is one. */
  get arn(): string {
    return this.version.arn;
  }

  sign(signer: CodeSigner): void {
    if (this.isSigned) return;
    this.isSigned = true;
    const { bucket, key } = signer.sign(this, { name: this.title, ...this.zip });
    // Beside the one that is not signed: a version cannot change, and functions move from one to the other in place.
    this.version = this.addVersion("signed", { s3Bucket: bucket, s3Key: key, sourceCodeHash: this.zip.hash });
  }

  private addVersion(id: string, source: Source): LambdaLayerVersion {
    const { description, compatibleRuntimes, licence, sharedWith } = this.config;
    const provider = deploymentStackOf(this).providers.in(this.region);
    const version = new LambdaLayerVersion(this, id, {
      provider,
      layerName: this.title,
      ...source,
      description,
      compatibleRuntimes: [...compatibleRuntimes],
      compatibleArchitectures: [this.architecture],
      licenseInfo: licence,
      skipDestroy: true,
    });
    const shared = [
      ...sharedWith.accounts.map((account) => ({ who: account, principal: account })),
      ...sharedWith.organizations.map((organizationId) => ({ who: organizationId, principal: "*", organizationId })),
    ];
    for (const { who, ...grant } of shared) {
      new LambdaLayerVersionPermission(this, `${id}-for-${who.replace(/^o-/, "organization-")}`, {
        provider,
        layerName: version.layerArn,
        versionNumber: Token.asNumber(version.version),
        statementId: who,
        action: "lambda:GetLayerVersion",
        ...grant,
        skipDestroy: true,
      });
    }
    return version;
  }

  /** The zip as an asset of the stack. The id does not depend on the content, so cdktf removes that of an earlier synth. */
  private asset(bytes: Uint8Array): { assetPath: string; hash: string } {
    const hash = createHash("sha256").update(bytes).digest("hex");
    const file = path.join(process.cwd(), ".evenkeel", "layers", hash, "layer.zip");
    writeWhole(file, bytes);
    const asset = new TerraformAsset(this, "files", { path: file, type: AssetType.FILE, assetHash: hash.slice(0, 32) });
    return { assetPath: asset.path, hash: Buffer.from(hash, "hex").toString("base64") };
  }
}
