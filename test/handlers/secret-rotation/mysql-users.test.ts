import { connectMysqlWithTls, MysqlUsers } from "../../../handlers/secret-rotation/mysql-users";
import type { MysqlConnect } from "../../../runtime/mysql/administration";
import type { UserLogin } from "../../../runtime/postgres/rotating-user";
import { hasMysqlServer, type MysqlServer, startMysql } from "../../runtime/mysql/mysql-server";
import { type Certificates, makeCertificates } from "../../runtime/postgres/certificates";

const administrator: UserLogin = { username: "administrator", password: "administrators-own" };
const role = "parcels_role";
const login = (username: string, password: string): UserLogin => ({ username, password });

(hasMysqlServer() ? describe : describe.skip)("The users of a MySQL database that rotate", () => {
  let server: MysqlServer | undefined;
  let certificates: Certificates;
  let connect: MysqlConnect;
  let users: MysqlUsers;

  const theServer = (): MysqlServer => server as MysqlServer;

  beforeAll(async () => {
    certificates = makeCertificates("localhost");
    server = await startMysql(certificates);
    await server.run(
      "CREATE DATABASE parcels",
      "CREATE TABLE parcels.things (id INT PRIMARY KEY)",
      `CREATE USER administrator@'%' IDENTIFIED BY '${administrator.password}' REQUIRE SSL`,
      "GRANT ALL PRIVILEGES ON *.* TO administrator@'%' WITH GRANT OPTION",
    );
    connect = connectMysqlWithTls({ host: "localhost", port: server.port, database: "parcels" }, certificates.ca);
    users = new MysqlUsers(connect, role);
    // As the schema of a service makes it, which the administrator runs.
    const session = await connect(administrator);
    await session.query(`CREATE ROLE ${role}`);
    await session.query(`GRANT SELECT, INSERT ON parcels.things TO ${role}`);
    await session.end();
  }, 60_000);
  afterAll(() => server?.stop());

  const write = async (as: UserLogin, id: number): Promise<void> => {
    const session = await connect(as);
    try {
      await session.query("INSERT INTO things VALUES (?)", [id]);
    } finally {
      await session.end();
    }
  };

  test("alternate: each gets its password and the role's privileges, and the other one stays as it is", async () => {
    const first = login("parcels_service", "first-password'\\");
    const clone = login("parcels_service_clone", "second-password");
    expect(await users.accepts("setSecret", first)).toBe(false);
    await users.set("setSecret", administrator, first);
    await users.test("testSecret", first);
    await write(first, 1);
    await users.set("setSecret", administrator, clone);
    await users.set("setSecret", administrator, clone);
    await users.test("testSecret", clone);
    await write(clone, 2);
    await write(first, 3);
    const next = login(first.username, "third-password");
    await users.set("setSecret", administrator, next);
    expect([await users.accepts("setSecret", first), await users.accepts("setSecret", next)]).toEqual([false, true]);
    await write(clone, 4);
    expect(await theServer().rows("SELECT id FROM parcels.things")).toHaveLength(4);
  });

  test("may do what the role may, and log in by TLS only", async () => {
    const user = login("careful_service", "its-password");
    await users.set("setSecret", administrator, user);
    const session = await connect(user);
    await expect(session.query("DELETE FROM things")).rejects.toThrow(/denied/);
    await session.end();
    const [{ ssl_type } = { ssl_type: "" }] = await theServer().rows<{ ssl_type: string }>(
      "SELECT ssl_type FROM mysql.user WHERE user = 'careful_service'",
    );
    expect(ssl_type).toBe("ANY");
  });

  test("are refused without the role, with what to do, and no password in any message", async () => {
    await theServer().run("CREATE USER bare_service@'%' IDENTIFIED BY 'bare-password' REQUIRE SSL");
    await expect(users.test("testSecret", login("bare_service", "bare-password"))).rejects.toThrow(/./);
    await theServer().run("GRANT SELECT ON parcels.* TO bare_service@'%'");
    await expect(users.test("testSecret", login("bare_service", "bare-password"))).rejects.toThrow(
      `the user bare_service does not have the privileges of the role ${role}; grant it the role, as its default role`,
    );
    const wrong = users.set("setSecret", login("administrator", "wrong-password"), login("a_service", "its-password"));
    await expect(wrong).rejects.toThrow(/^setSecret: the database answered with Error ER_ACCESS_DENIED_ERROR; check/);
    await expect(users.set("setSecret", administrator, login("o'neil", "its-password"))).rejects.toThrow("quoting");
    const other = new MysqlUsers(
      connectMysqlWithTls({ host: "localhost", port: theServer().port, database: "parcels" }),
      role,
    );
    await expect(other.accepts("setSecret", administrator)).rejects.toThrow(/the database answered with/);
  });

  test("log in by IAM as long as their plugin is that of its tokens", async () => {
    expect(await users.usesTokens("createSecret", administrator, "parcels_service")).toBe(false);
    expect(await users.usesTokens("createSecret", administrator, "nobody_service")).toBe(false);
    const plugin =
      (name: string): MysqlConnect =>
      async () => ({
        query: async () => [{ plugin: name }] as never,
        end: async () => undefined,
        id: 1,
      });
    const usesTokens = (name: string) =>
      new MysqlUsers(plugin(name), role).usesTokens("createSecret", administrator, "a");
    expect([await usesTokens("AWSAuthenticationPlugin"), await usesTokens("mysql_native_password")]).toEqual([
      true,
      false,
    ]);
  });

  test("leave no password in the log of the server", () => {
    expect(theServer().log()).not.toMatch(/-password|administrators-own/);
  });
});
