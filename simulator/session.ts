import type { Peer } from "./peer";
import type { ProviderConfiguration, Scope } from "./provider/configuration";

/** What is known about each connection; Terraform opens one per provider configuration and walk. */
export class Sessions {
  private readonly configurations = new Map<string, ProviderConfiguration>();
  private readonly processes = new Map<string, Peer | undefined>();

  /**
   * @param peer The connection's address and port.
   * @param process The Terraform process at the other end, as far as it is known.
   */
  configure(peer: string, configuration: ProviderConfiguration, process?: Peer): void {
    this.configurations.set(peer, configuration);
    this.processes.set(peer, process);
  }

  process(peer: string): Peer | undefined {
    return this.processes.get(peer);
  }

  configuration(peer: string): ProviderConfiguration | undefined {
    return this.configurations.get(peer);
  }

  /** The account and region of a connection; calls that need them come after Configure. */
  scope(peer: string): Scope {
    const configuration = this.configurations.get(peer);
    if (!configuration) throw new Error("Terraform asked for a resource before it configured the provider.");
    return configuration.scope;
  }
}
