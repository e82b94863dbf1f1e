/** The one connection of an execution environment, as {@link createCalls} uses it. Not for two at a time. */
export interface SqlConnection<Statement, Result> {
  /** Opens the connection unless it is open, with a login that still holds, within a limit in milliseconds. */
  open(limitMs: number): Promise<void>;
  /** Checks a connection that has been idle: after Lambda thawed a function it may be long gone. */
  check(limitMs: number): Promise<void>;
  /** Runs one statement; if it takes longer than the limit, in milliseconds, the connection is dropped. */
  query(statement: Statement, limitMs: number): Promise<Result>;
  /** Leaves a server that takes no writes, for good: a pool must not hand the same one out again. */
  leaveReader(limitMs: number): Promise<void>;
  /** The connections that the server has at the moment, and the most that it takes; undefined where it is not open. */
  connectionsOfServer(limitMs: number): Promise<ServerConnections | undefined>;
  /** Closes the connection at once, and one that is being opened as soon as it is. */
  giveUp(): void;
  /** Closes the connection at once, even while a statement runs. */
  drop(): void;
  /** Disconnects, and waits until it is done. */
  close(): Promise<void>;
}

/** How many connections a server has. */
export interface ServerConnections {
  readonly used: number;
  /** The most that it takes from users of services. */
  readonly most: number;
}
