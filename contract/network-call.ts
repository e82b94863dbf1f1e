/** An endpoint that a network without a way out needs. */
export interface NeededEndpoint {
  /** The field of the network that lists it. */
  readonly list: "gatewayEndpoints" | "interfaceEndpoints";
  /** The end of the endpoint service's name: `secretsmanager`. */
  readonly service: string;
  /** Ends the message `has no "<service>", `: why it is needed; what to do. */
  readonly because: string;
}

/** Something in the network of a database that calls AWS or Vault. */
export interface NetworkCall {
  /** Who calls for what, as a clause: `functions read settings`. */
  readonly clause: string;
  /** What a network that the toolkit creates needs for it; existing networks have their own way out. */
  readonly endpoints: readonly NeededEndpoint[];
}
