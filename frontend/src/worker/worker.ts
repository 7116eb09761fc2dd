/** Serves the app's own files, and one page in place of all others while the app does not answer. Keeps nobody's data. */
interface Extendable extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetched extends Extendable { request: Request; respondWith(answer: Promise<Response>): void }
interface Scope {
  kept: { version: string; page: string; files: string[] };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener<E extends Event>(type: string, act: (event: E) => void): void;
}
const scope = self as unknown as Scope;
const NAME = `triplane-${scope.kept.version}`;
const IMMUTABLE = /^\/static\/(built|fonts)\//;

scope.addEventListener<Extendable>("install", (event) => {
  const fresh = [scope.kept.page, ...scope.kept.files].map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => scope.skipWaiting()));
});

scope.addEventListener<Extendable>("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("triplane-") && name !== NAME) await caches.delete(name);
    await scope.clients.claim();
  };
  event.waitUntil(old());
});

scope.addEventListener<Fetched>("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") return event.respondWith(fetch(request).catch(() => kept(scope.kept.page)));
  if (request.method !== "GET" || !pathname.startsWith("/static/")) return;
  if (IMMUTABLE.test(pathname)) event.respondWith(kept(pathname).catch(() => fetch(request)));
  else event.respondWith(fetch(request).catch(() => kept(pathname)));
});

async function kept(pathname: string): Promise<Response> {
  const found = await (await caches.open(NAME)).match(pathname);
  if (!found) throw new TypeError(`${pathname} is not kept`);
  return found;
}
