/**
 * Keys below a prefix of a bucket, page by page.
 * @param ask sends one request with this query, and returns the body of an answer that is no error
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function listedKeys(
  prefix: string,
  ask: (query: Readonly<Record<string, string>>) => Promise<string>,
): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const query = { "list-type": "2", prefix, ...(token === undefined ? {} : { "continuation-token": token }) };
    const text = await ask(query);
    found.push(...[...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescaped(key)));
    token = /<NextContinuationToken>([^<]*)</.exec(text)?.[1];
    token = token === undefined ? undefined : unescaped(token);
  } while (token !== undefined);
  return found;
}

/** Text of XML as S3 writes it. */
export const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: "lt" | "gt" | "quot" | "apos" | "amp") => entities[name]);

const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" } as const;
