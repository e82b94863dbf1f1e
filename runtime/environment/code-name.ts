/** What metrics of the code go by: the name of its function, or `<environment>-<service>` in a container; undefined where neither is known. */
export function codeName(source: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const { AWS_LAMBDA_FUNCTION_NAME: functionName, ENVIRONMENT: environment, SERVICE_NAME: service } = source;
  return functionName || (environment && service ? `${environment}-${service}` : undefined);
}
