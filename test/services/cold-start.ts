import { enterEnvironment } from "./orders-service";
import { withPatience } from "./patience";

/**
 * Loads the handler of a service afresh with these variables, as a cold start does; its clients are patient.
 * @param service the folder in `services`
 */
export async function coldHandler<Handler>(
  service: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Handler> {
  const leave = enterEnvironment(variables);
  try {
    let loaded: { readonly handler: Handler } | undefined;
    await jest.isolateModulesAsync(() =>
      withPatience(async () => {
        loaded = require(`../../services/${service}/handler`);
      }),
    );
    if (loaded === undefined) throw new Error(`services/${service}/handler.ts could not be loaded`);
    return loaded.handler;
  } finally {
    leave();
  }
}
