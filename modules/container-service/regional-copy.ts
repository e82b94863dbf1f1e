/** An image in a private ECR repository. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const ecrHost = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.(amazonaws\.com(?:\.cn)?)\/([a-z0-9][a-z0-9._/-]*)(:[\w.-]+)?@/;

/** The repository of an image; undefined if it is not in a private ECR repository. */
export function ecrImage(image: string): EcrImage | undefined {
  const [, account, region, , repository] = ecrHost.exec(image) ?? [];
  return account && region && repository ? { account, region, repository } : undefined;
}

/**
 * The same image in another region that ECR replicates to. Images in other registries have the same address everywhere.
 */
export function imageIn(region: string, image: string): string {
  return image.replace(
    ecrHost,
    (_, account, __, suffix, repository) => `${account}.dkr.ecr.${region}.${suffix}/${repository}@`,
  );
}

/** The ARN of a secret's replica in a region. ARNs of replicas differ in the region only. */
export function secretArnIn(region: string, arn: string): string {
  return arn.replace(/^(arn:[^:]+:secretsmanager:)[^:]+/, `$1${region}`);
}

/** The ARN of a multi-Region key's replica in a region; that of any other key as it is. */
export function keyArnIn(region: string, arn: string): string {
  return arn.replace(/^(arn:[^:]+:kms:)[^:]+(:\d{12}:key\/mrk-)/, `$1${region}$2`);
}
