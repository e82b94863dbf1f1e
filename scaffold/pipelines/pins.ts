/** An action of GitHub, and the commit that a workflow runs. */
export interface PinnedAction {
  /** What stands before the `@`: `actions/checkout`. */
  readonly action: string;
  /** The full digest of the commit; a tag can be moved, a digest cannot. */
  readonly digest: string;
  /** The release that the commit is, which Dependabot and Renovate read and update together with the digest. */
  readonly version: string;
}

/**
 * Actions of the pipelines. Each digest was read, together with its version, in at least two public repositories that pin to it, on
 * 2026-11-28; that of configure-aws-credentials is also a commit of the repository of the action itself. What moves a pin: another line here, and
 * `evenkeel init pipeline` in the projects.
 * @see https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
export const actions = {
  checkout: {
    action: "actions/checkout",
    digest: "de0fac2e4500dabe0009e67214ff5f5447ce83dd",
    version: "v6.0.2",
  },
  setupNode: {
    action: "actions/setup-node",
    digest: "6044e13b5dc448c55e2357c09f80417699197238",
    version: "v6.2.0",
  },
  setupTerraform: {
    action: "hashicorp/setup-terraform",
    digest: "b9cd54a3c349d3f38e8881555d616ced269862dd",
    version: "v3.1.2",
  },
  awsCredentials: {
    action: "aws-actions/configure-aws-credentials",
    digest: "8df5847569e6427dd6c4fb1cf565c83acfa8afa7",
    version: "v6.0.0",
  },
  uploadArtifact: {
    action: "actions/upload-artifact",
    digest: "b7c566a772e6b6bfb58ed0dc250532a479d7789f",
    version: "v6.0.0",
  },
  downloadArtifact: {
    action: "actions/download-artifact",
    digest: "37930b1c2abaa49bbe596cd826c3c89aef350131",
    version: "v7.0.0",
  },
  uploadSarif: {
    action: "github/codeql-action/upload-sarif",
    digest: "99df26d4f13ea111d4ec1a7dddef6063f76b97e9",
    version: "v4.37.0",
  },
} as const satisfies Readonly<Record<string, PinnedAction>>;

/**
 * Terraform of the pipelines: its version, and the SHA-256 of its archive for Linux on x86, read in the manifests of three package
 * managers on 2026-11-28.
 */
export const terraform = {
  version: "1.11.4",
  sha256: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
} as const;

/** Node.js of the pipelines; its major version. */
export const nodeVersion = "22";

/** Checkov of the pipelines, for `evenkeel scan`; the version that the reasons of this toolkit were written for. */
export const checkovVersion = "3.3.30";

/** A step's `uses`, with the version behind it as a comment. */
export const pinned = ({ action, digest, version }: PinnedAction): string => `${action}@${digest} # ${version}`;
