/** What an injected fault throws, under the name that the setting gives it; `injected` tells it from a real one. */
export class InjectedFaultError extends Error {
  readonly injected = true;
  /** As errors of the AWS SDK have it, so that they are told apart in the same way. */
  readonly $metadata: { readonly httpStatusCode?: number };

  constructor(name: string, message: string, httpStatusCode?: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}
