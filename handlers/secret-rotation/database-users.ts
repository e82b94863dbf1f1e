import type { UserLogin } from "../../runtime/postgres/rotating-user.js";

/** The two users of a secret in a database, of whichever engine. Errors hold no value and no message of the database. */
export interface DatabaseUsers {
  /** Whether the database accepts this login. @throws RotationError when the database cannot be reached */
  accepts(step: string, login: UserLogin): Promise<boolean>;
  /** Whether a user logs in with tokens of IAM, and never with a password. @throws RotationError */
  usesTokens(step: string, administrator: UserLogin, username: string): Promise<boolean>;
  /** Sets a user's password, and creates user and role if they do not exist; running it again changes nothing. @throws RotationError */
  set(step: string, administrator: UserLogin, login: UserLogin): Promise<void>;
  /** Logs in as a user and checks that it has the privileges. @throws RotationError when it does not */
  test(step: string, login: UserLogin): Promise<void>;
}

/** Where the database is. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}
