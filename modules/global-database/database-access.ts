import type { IConstruct } from "constructs";
import { ConstructError, type Grantee, partitionOf } from "../core";
import type { DatabaseCapacity } from "./capacity";

/** How clients reach a database in one region, directly or through a pool. */
export interface DatabaseAccess {
  readonly region: string;
  /** Host name for reading and writing; takes no writes while another region is the primary. */
  readonly writerEndpoint: string;
  /** Host name for reading. */
  readonly readerEndpoint: string;
  readonly port: number;
  readonly databaseName: string;
  /** Whether clients log in with a token of IAM, or with the password from the user's secret. */
  readonly authentication: "iam" | "password";
  /** File on Lambda with the authorities of the endpoint's certificate; none for those that Node.js trusts. */
  readonly caFile?: string;
  /** Lets a principal of the same region connect as one database user; where passwords are asked for, its secret is the way in. */
  grantConnect(grantee: Grantee, user: string): void;
}

/** The cluster behind a pool, in the pool's region; the identifier may be a token. */
export interface PooledCluster {
  readonly clusterIdentifier: string;
  readonly databaseName: string;
  readonly port: number;
  readonly capacity: DatabaseCapacity;
  /** Whether standby regions forward their writes. */
  readonly writeForwarding: boolean;
}

/**
 * Where Lambda keeps the authorities of Amazon RDS, which certificates of clusters come from and Node.js does not know.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export const rdsAuthoritiesFile = "/var/runtime/ca-cert.pem";

interface ConnectTarget {
  readonly region: string;
  readonly account: string;
  /** `cluster-...` of a cluster, `prx-...` of a proxy; may be a token. */
  readonly resourceId: string;
}

/**
 * Adds the permission to connect as a database user.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 * @throws ConstructError for a grantee of another region, or a user name with a wildcard or other odd characters
 */
export function grantConnectTo(scope: IConstruct, target: ConnectTarget, grantee: Grantee, user: string): void {
  const { region, account, resourceId } = target;
  if (grantee.region !== region) {
    throw new ConstructError(
      scope,
      `is in ${region}, the grantee runs in ${grantee.region}`,
      "grant access to the database of the grantee's own region",
    );
  }
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(user)) {
    throw new ConstructError(
      scope,
      `"${user}" is no name of one database user`,
      "use up to 63 lower-case letters, digits and underscores",
    );
  }
  grantee.addToRolePolicy({
    actions: ["rds-db:connect"],
    resources: [`arn:${partitionOf(region)}:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`],
  });
}
