/** Serves the app's own files, and one page for all others while the app does not answer. Keeps nobody's data. */
interface Extendable extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetched extends Extendable { request: Request; respondWith(answer: Promise<Response>): void }
interface Page { visibilityState: string; postMessage(text: string, ports: MessagePort[]): void }
interface Scope {
  kept: { version: string; page: string; files: string[] };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; matchAll(which: { type: "window" }): Promise<Page[]> };
  addEventListener<E extends Event>(type: string, act: (event: E) => void): void;
}
const scope = self as unknown as Scope;
const NAME = `triplane-${scope.kept.version}`;
/** How long the start page is waited for, and a page that is asked to say that nothing was sent. Ours. */
const START_WAITS_MS = 10_000, PAGE_ANSWERS_MS = 1000;
const IMMUTABLE = /^\/static\/(built|fonts)\//;

scope.addEventListener<Extendable>("install", (event) => {
  const fresh = [scope.kept.page, ...scope.kept.files].map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => scope.skipWaiting()));
});

scope.addEventListener<Extendable>("activate", (event) => {
  const old = async () => {
    const before = (await caches.keys()).filter((name) => name.startsWith("triplane-") && name !== NAME);
    for (const name of before) await caches.delete(name);
    await scope.clients.claim();
  };
  event.waitUntil(old());
});

scope.addEventListener<Fetched>("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPage = request.mode === "navigate", isRead = request.method === "GET";
  if (isPage && !isRead) return event.respondWith(fetch(request).catch(unsent));
  if (isPage) return event.respondWith(reached(request, pathname).catch(() => kept(scope.kept.page)));
  if (!isRead || !pathname.startsWith("/static/")) return;
  if (IMMUTABLE.test(pathname)) event.respondWith(kept(pathname).catch(() => fetch(request)));
  else event.respondWith(fetch(request).catch(() => kept(pathname)));
});

/** Starting the app waits only so long for an answer; any other page may take its time. */
function reached(request: Request, pathname: string): Promise<Response> {
  if (pathname !== "/") return fetch(request);
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new TypeError("no answer")), START_WAITS_MS);
  });
  return Promise.race([fetch(request), late]);
}

/** A form that could not be sent: its page stays as it is, with what was typed, once it has said so; else the kept
 *  page. */
async function unsent(): Promise<Response> {
  for (const page of await scope.clients.matchAll({ type: "window" })) {
    if (page.visibilityState === "visible" && await isTold(page)) return new Response(null, { status: 204 });
  }
  return kept(scope.kept.page);
}

function isTold(page: Page): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), PAGE_ANSWERS_MS);
    page.postMessage("unsent", [port2]);
  });
}

async function kept(pathname: string): Promise<Response> {
  const found = await (await caches.open(NAME)).match(pathname);
  if (!found) throw new TypeError(`${pathname} is not kept`);
  return found;
}
