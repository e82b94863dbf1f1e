// Generated from the schemas by `npm run docs`; do not edit.

/** What `functionLayerConfig` takes: fields with defaults may be left out. */
export interface FunctionLayerInput {
  /** Folder with what functions find below /opt, relative to the project folder: layers/certificates. */
  readonly folder?: string;
  /**
   * Source files that are bundled with all that they import, by where they are below /opt: policy/decide.mjs. They are ES modules.
   *
   * @defaultValue `{}`
   */
  readonly bundles?: { readonly [name: string]: string };
  /**
   * What is in it; at most 256 characters.
   *
   * Takes `string of at most 256 characters`.
   */
  readonly description?: string;
  /**
   * Runtimes that it is made for. A function of another one is refused.
   *
   * @defaultValue `["nodejs22.x","nodejs20.x"]`
   */
  readonly compatibleRuntimes?: readonly ("nodejs22.x" | "nodejs20.x" | "python3.13" | "python3.12" | "java21" | "dotnet8" | "ruby3.4" | "ruby3.3" | "provided.al2023")[];
  /**
   * Processor of the functions that it is made for. A function of the other one is refused.
   *
   * @defaultValue `"arm64"`
   */
  readonly architecture?: "arm64" | "x86_64";
  /**
   * Licence of what is in it, as an SPDX id or a URL.
   *
   * Takes `string of at most 512 characters`.
   */
  readonly licence?: string;
  /**
   * Who else may use it; nobody if left out.
   *
   * @defaultValue `{}`
   */
  readonly sharedWith?: {
    /**
     * AWS accounts whose functions may use each version.
     *
     * @defaultValue `[]`
     */
    readonly accounts?: readonly string[];
    /**
     * Organizations of AWS whose accounts may use each version, by their ids.
     *
     * @defaultValue `[]`
     */
    readonly organizations?: readonly string[];
  };
}

