import type { IConstruct } from "constructs";
import type { AuroraEngine } from "../../values/availability";
import { ConstructError, type Grantee, partitionOf } from "../core";
import type { DatabaseCapacity } from "./capacity";

/** How clients connect to a database in one region, directly or through a pool. */
export interface DatabaseAccess {
  readonly region: string;
  /** Aurora PostgreSQL if left out. */
  readonly engine?: AuroraEngine;
  /** Host name for reads and writes. Does not accept writes while another region is the primary. */
  readonly writerEndpoint: string;
  /** Host name for reads. */
  readonly readerEndpoint: string;
  readonly port: number;
  readonly databaseName: string;
  /** Whether clients log in with an IAM token or with the password from the user's secret. */
  readonly authentication: "iam" | "password";
  /** Whether `writerEndpoint` takes writes although another region is the primary, and forwards them there. */
  readonly forwardsWrites?: boolean;
  /** File in Lambda with the certificate authorities of the endpoint; not set if Node.js already trusts them. */
  readonly caFile?: string;
  /**
   * Lets a principal in the same region connect as a database user. With passwords, it grants access to the user's
   * secret.
   */
  grantConnect(grantee: Grantee, user: string): void;
}

/** The cluster behind a pool, in the pool's region; the identifier may be a token. */
export interface PooledCluster {
  readonly clusterIdentifier: string;
  /** The immutable id, `cluster-...`, for a proxy that connects by IAM. */
  readonly resourceId?: string;
  readonly databaseName: string;
  readonly port: number;
  /** Aurora PostgreSQL if left out. */
  readonly engine?: AuroraEngine;
  readonly capacity: DatabaseCapacity;
  /** Whether standby regions forward their writes. */
  readonly writeForwarding: boolean;
}

/**
 * The file in Lambda with the certificate authorities of Amazon RDS, which issue cluster certificates. Node.js does not
 * trust them by default.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export const rdsAuthoritiesFile = "/var/runtime/ca-cert.pem";

interface ConnectTarget {
  readonly region: string;
  readonly account: string;
  /** `cluster-...` for a cluster, `prx-...` for a proxy; may be a token. */
  readonly resourceId: string;
}

/**
 * Grants permission to connect as a database user.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 * @throws ConstructError if the grantee is in another region, or the user name contains wildcards or invalid characters
 */
export function grantConnectTo(scope: IConstruct, target: ConnectTarget, grantee: Grantee, user: string): void {
  const { region, account, resourceId } = target;
  if (grantee.region !== region) {
    throw new ConstructError(
      scope,
      `is in ${region}, but the grantee runs in ${grantee.region}`,
      "grant access to the database in the grantee's own region",
    );
  }
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(user)) {
    throw new ConstructError(
      scope,
      `"${user}" is not a valid database user name`,
      "use up to 63 lower-case letters, digits and underscores",
    );
  }
  grantee.addToRolePolicy({
    actions: ["rds-db:connect"],
    resources: [`arn:${partitionOf(region)}:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`],
  });
}
