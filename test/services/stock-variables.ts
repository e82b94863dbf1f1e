import type { MysqlServer } from "../runtime/mysql/mysql-server";
import type { FakeSecretsManager } from "../support/fake-secrets-manager";

/** What the function of the stock service gets, with a server and a stand-in of Secrets Manager on this machine. */
export const stockVariables = (server: MysqlServer, secrets: FakeSecretsManager) => ({
  ENVIRONMENT: "test",
  SERVICE_NAME: "stock",
  LOG_LEVEL: "ERROR",
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  DATABASE_ENGINE: "aurora-mysql",
  DATABASE_HOST: "localhost",
  DATABASE_READER_HOST: "localhost",
  DATABASE_PORT: String(server.port),
  DATABASE_NAME: "stock",
  DATABASE_USER: "stock_service",
  DATABASE_AUTHENTICATION: "password",
  DATABASE_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:test-stock/stock_service-AbCdEf",
});
