// Generated from the schemas by `npm run docs`; do not edit.

/** What `alertChatsConfig` takes: fields with defaults may be left out. */
export interface AlertChatsInput {
  /**
   * Channels of Slack.
   *
   * @defaultValue `[]`
   */
  readonly slack?: readonly {
    /**
     * Name of the chat in the environment. Part of the Terraform address.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly name: string;
    /** Id of the workspace, which somebody has authorized in the console of the account. */
    readonly teamId: string;
    /** Id of the channel; to a private one the app has to be invited. */
    readonly channelId: string;
  }[];
  /**
   * Channels of Microsoft Teams.
   *
   * @defaultValue `[]`
   */
  readonly teams?: readonly {
    /**
     * Name of the chat in the environment. Part of the Terraform address.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly name: string;
    /** Id of the tenant of Microsoft Entra. */
    readonly tenantId: string;
    /** Id of the team, which somebody has authorized in the console of the account. */
    readonly teamId: string;
    /**
     * Id of the channel, as the link to it has it, such as 19%3a...%40thread.tacv2.
     *
     * Takes `string of at most 256 characters`.
     */
    readonly channelId: string;
  }[];
}

