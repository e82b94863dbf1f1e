import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import MiniSearch from "minisearch";
import { searchOptions } from "../../../site/search";
import { succeed } from "../packed";

/** Builds the site into a folder, as `npm run site` does. @throws Error with what it said, dead links above all */
export function buildSite(folder: string): Promise<string> {
  return succeed(
    process.execPath,
    [join("node_modules", "vitepress", "bin", "vitepress.js"), "build", "site", "--outDir", folder],
    ".",
  );
}

/** The index of the site's search, with the fields and weights of its search box. */
export async function searchOf(folder: string): Promise<MiniSearch> {
  const chunks = join(folder, "assets", "chunks");
  const file = readdirSync(chunks).find((name) => name.startsWith("@localSearchIndexroot"));
  if (file === undefined) throw new Error(`${chunks}: has no index of the search`);
  const print = `import(${JSON.stringify(pathToFileURL(join(chunks, file)).href)}).then((m) => process.stdout.write(m.default))`;
  const index = await succeed(process.execPath, ["--experimental-default-type=module", "-e", print], folder);
  return MiniSearch.loadJSON(index, {
    fields: ["title", "titles", "text"],
    storeFields: ["title", "titles"],
    searchOptions,
  });
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Serves a built site on a port of this machine. @returns the server, to be closed, and its address */
export async function serveSite(folder: string): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer(({ url = "/" }, response) => {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
