import { LambdaCodeSigningConfig } from "@cdktf/provider-aws/lib/lambda-code-signing-config";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SignerSigningJob } from "@cdktf/provider-aws/lib/signer-signing-job";
import { SignerSigningProfile } from "@cdktf/provider-aws/lib/signer-signing-profile";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import {
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  parseConfig,
  policyDocument,
  privateBucket,
  requireTls,
  resourceName,
} from "../core";
import type { CodeSigner, SignedZip, UnsignedZip } from "../service-function";
import { type CodeSigningConfig, type CodeSigningInput, codeSigningConfig } from "./config";

export interface CodeSigningProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: CodeSigningInput;
  /** Part of all resource names, `prod-services-eu-west-1`; cannot change. */
  readonly name: string;
  /** The region of the functions: profiles, configurations and buckets are of one region. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
}

/** The platform of AWS Signer for packages of functions and layers. */
const platformId = "AWSLambda-SHA384-ECDSA";

/** The provider takes so many characters before the 26 that it draws. */
const longestPrefix = 38;

/** Profiles that a code signing configuration may name. */
const mostProfiles = 20;

/**
 * Signs the code of functions and layers of one region by AWS Signer, in the run of Terraform that deploys it: a changed zip is uploaded, signed
 * by a job, and the function gets what the job wrote. What is unchanged is not signed again.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 */
export class CodeSigning extends Construct implements CodeSigner {
  readonly region: string;
  readonly configArn: string;
  readonly enforces: boolean;
  /** Name of the signing profile, as a reference: AWS Signer keeps the name of a cancelled one for ever, so the provider draws it. */
  readonly profileName: string;
  /** Name of the bucket with the uploads and what is signed. */
  readonly bucketName: string;
  private readonly config: CodeSigningConfig;
  private readonly bucket: S3Bucket;
  private readonly isVersioned: ITerraformDependable;
  private readonly trusted = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CodeSigningProps,
  ) {
    super(scope, id);
    const { region } = props;
    this.region = region;
    this.config = parseConfig(codeSigningConfig, props.config, this.node.path);
    this.enforces = this.config.untrustedCode === "Enforce";
    const { bucket, versioning } = this.addBucket();
    this.bucket = bucket;
    this.bucketName = bucket.bucket;
    this.isVersioned = versioning;
    const profile = this.addProfile();
    this.profileName = profile.name;
    this.configArn = this.addConfiguration(profile).arn;
  }

  trust(profileVersionArn: string): void {
    this.trusted.add(profileVersionArn);
    if (this.trusted.size < mostProfiles) return;
    throw new ConstructError(
      this,
      `trusts ${this.trusted.size + 1} signing profiles with its own, but Lambda allows ${mostProfiles}`,
      "use fewer layers of others",
    );
  }

  sign(scope: Construct, { name, assetPath, hash }: UnsignedZip): SignedZip {
    const provider = this.provider;
    const upload = new S3Object(scope, "upload", {
      provider,
      bucket: this.bucket.bucket,
      // The same key each time: what is replaced stays as an earlier version.
      key: `uploads/${name}.zip`,
      source: assetPath,
      sourceHash: hash,
      // Signer names a version, which there is only in a bucket that keeps them.
      dependsOn: [this.isVersioned],
    });
    const job = new SignerSigningJob(scope, "signing", {
      provider,
      profileName: this.profileName,
      source: { s3: { bucket: this.bucket.bucket, key: upload.key, version: upload.versionId } },
      destination: { s3: { bucket: this.bucket.bucket, prefix: `signed/${name}/` } },
    });
    const signed = job.signedObject.get(0).s3.get(0);
    return { bucket: signed.bucket, key: signed.key };
  }

  private addBucket() {
    const { name, account } = this.props;
    const made = privateBucket(this, {
      provider: this.provider,
      // Bucket names are global: the account id makes this one unique.
      name: resourceName(this, [name, "code", account], 63),
      // Terraform does not know what jobs write, and Lambda has copies of what runs.
      forceDestroy: true,
      lifecycle: {
        id: "earlier-uploads",
        status: "Enabled",
        filter: [{ prefix: "uploads/" }],
        noncurrentVersionExpiration: [{ noncurrentDays: this.config.earlierVersionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
      },
    });
    const { bucket, publicAccess } = made;
    new S3BucketPolicy(this, "policy", {
      provider: this.provider,
      bucket: bucket.id,
      policy: policyDocument([requireTls(bucket.arn)]),
      dependsOn: [publicAccess],
    });
    acceptFinding(
      bucket,
      "CKV_AWS_18",
      "CloudTrail has who deploys, and Lambda checks the signature of what it takes from here.",
    );
    acceptFinding(bucket, "CKV_AWS_145", "S3 encrypts it with its own key: it is code, without secrets.");
    acceptFinding(bucket, "CKV_AWS_144", "Code of one region, which each deployment can upload and sign again.");
    acceptFinding(bucket, "CKV2_AWS_62", "Nothing waits for an upload.");
    return made;
  }

  private addProfile(): SignerSigningProfile {
    const { signatureMonths } = this.config;
    return new SignerSigningProfile(this, "profile", {
      provider: this.provider,
      platformId,
      // Letters, digits and underscores are all that it may have.
      namePrefix: `${this.props.name.replaceAll("-", "_").slice(0, longestPrefix - 1)}_`,
      ...(signatureMonths !== undefined && { signatureValidityPeriod: { type: "MONTHS", value: signatureMonths } }),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addConfiguration(profile: SignerSigningProfile): LambdaCodeSigningConfig {
    return new LambdaCodeSigningConfig(this, "configuration", {
      provider: this.provider,
      description: `Code of ${this.props.name}`,
      allowedPublishers: {
        signingProfileVersionArns: Lazy.listValue({ produce: () => [profile.versionArn, ...this.trusted] }),
      },
      policies: { untrustedArtifactOnDeployment: this.config.untrustedCode },
      // Lambda deletes none that a function has: one that goes waits until its functions have let go of it.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
