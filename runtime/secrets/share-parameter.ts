import { GetParameterCommand, type Parameter, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { createSsmClient } from "../settings/ssm-client.js";

/** One parameter that is read and written. */
export interface ShareParameter {
  read(): Promise<Parameter | undefined>;
  write(value: string): Promise<void>;
}

/** What a share needs of the SDK, in a file of its own, so that it is loaded with the first read. */
export function shareParameter(client: SSMClient | { readonly region: string }, name: string): ShareParameter {
  const ssm = "send" in client ? client : createSsmClient(client.region);
  return {
    read: async () => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter,
    write: async (value) => {
      await ssm.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }));
    },
  };
}
