import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { connectWithTls } from "../../../handlers/secret-rotation/postgres-users";
import { withinTime } from "../../../runtime/invocation/time";

test("The rotation's connection ends when the time of its invocation is over", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    // Takes the connection, and never says anything.
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const { port } = server.address() as AddressInfo;
    const connect = connectWithTls({ host: "127.0.0.1", port, database: "postgres" });
    const rotation = withinTime({ getRemainingTimeInMillis: () => 1_000 }, () =>
      connect({ username: "app", password: "correct-horse-7391" }),
    );
    const outcome = expect(rotation).rejects.toMatchObject({ name: "OutOfTimeError" });
    const [socket] = await accepted;
    const ended = once(socket.resume(), "end");
    await outcome;
    await ended;
    socket.destroy();
  } finally {
    server.close();
  }
});
