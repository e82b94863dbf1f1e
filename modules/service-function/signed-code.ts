import type { Construct } from "constructs";

/** A zip as part of the synthesized output, before it is signed. */
export interface UnsignedZip {
  /** `<function>` or `<layer>`: where it stands in the bucket. */
  readonly name: string;
  /** Path of the zip, relative to the folder where Terraform runs. */
  readonly assetPath: string;
  /** Base64 of the zip's SHA-256. */
  readonly hash: string;
}

/** A signed zip in a bucket of the same region. */
export interface SignedZip {
  readonly bucket: string;
  readonly key: string;
}

/** What signs code of one region, and tells Lambda whose signatures to take. */
export interface CodeSigner {
  readonly region: string;
  /** ARN of the code signing configuration that functions get. */
  readonly configArn: string;
  /** Whether Lambda refuses what is not signed, or only says so. */
  readonly enforces: boolean;
  /**
   * Signs a zip whenever it changes.
   * @param scope the construct that the code is of; the upload and the signing job stand below it
   */
  sign(scope: Construct, zip: UnsignedZip): SignedZip;
  /** Takes the signatures of a further profile too. @param profileVersionArn ARN of a version of the profile */
  trust(profileVersionArn: string): void;
}

/** A version of a layer that a function of the same region can have. */
export interface AttachableLayer {
  /** How messages name it. */
  readonly title: string;
  /** ARN of the version, as a reference or literal. */
  readonly arn: string;
  /** Runtimes that it is made for; any if left out. */
  readonly compatibleRuntimes?: readonly string[];
  /** Processor that it is made for; either if left out. */
  readonly architecture?: "arm64" | "x86_64";
  /** Its size unzipped, in bytes, if that is known. */
  readonly unzippedBytes?: number;
  /** ARN of the version of the signing profile that signed it, if somebody else did. */
  readonly signedBy?: string;
  /** Has it signed, after which `arn` is that of a signed version; a second call changes nothing. */
  sign?(signer: CodeSigner): void;
}
