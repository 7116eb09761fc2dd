/** Serves the app's own files, and one page for all others while the app does not answer. Keeps nobody's data. */
interface Extendable extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetched extends Extendable { request: Request; respondWith(answer: Promise<Response>): void }
interface Pushed extends Extendable { data: { json(): unknown } | null }
interface Pressed extends Extendable { notification: Notification }
interface Page {
  url: string; visibilityState: string;
  postMessage(text: string, ports: MessagePort[]): void; focus(): Promise<unknown>;
}
interface Scope {
  kept: { version: string; page: string; files: string[] };
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>; openWindow(address: string): Promise<unknown>;
    matchAll(which: { type: "window"; includeUncontrolled?: boolean }): Promise<Page[]>;
  };
  registration: ServiceWorkerRegistration;
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

/** A reminder that was asked for. A browser wants something shown whatever came, so that words that are none become
 *  the name of the app. */
scope.addEventListener<Pushed>("push", (event) => {
  const { title, lang } = words(event.data);
  event.waitUntil(scope.registration.showNotification(title, { lang, tag: title, icon: "/static/icon-192.png" }));
});

function words(data: Pushed["data"]): { title: string; lang: string } {
  try {
    const { title, lang } = data!.json() as Record<string, unknown>;
    if (title) return { title: String(title), lang: String(lang ?? "") };
  } catch { /* said below */ }
  return { title: "Triplane", lang: "" };
}

scope.addEventListener<Pressed>("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(today());
});

/** Today, where it stands open already or in a new window; a session under way is left alone. */
async function today(): Promise<unknown> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((page) => new URL(page.url).pathname === "/");
  return open ? open.focus() : scope.clients.openWindow("/");
}

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
