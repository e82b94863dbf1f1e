/** An endpoint that a network without a way out has to have. */
export interface NeededEndpoint {
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
  /** What a network that the toolkit makes needs for it; given networks have a way of their own. */
  readonly endpoints: readonly NeededEndpoint[];
}
