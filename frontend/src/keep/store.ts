/** The device's own store: the bundle, and what waits to be handed in. Where it is closed, nothing is kept. */
import type { KeptBundle } from "./allowed";
import { type KeptBefore, type Shelf, type Waiting, waitingIn } from "./queue";

/** Where words lie under names. */
export interface Drawer {
  get(name: string): Promise<unknown>;
  put(name: string, what: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

const asked = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open("triplane", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("bundle");
    request.result.createObjectStore("waiting", { keyPath: "key" });
  };
  return asked(request);
}

type Act<T> = (store: IDBObjectStore) => IDBRequest<T>;

async function within<T>(name: string, mode: IDBTransactionMode, act: Act<T>): Promise<T> {
  const base = await opened();
  try {
    const transaction = base.transaction(name, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const found = await asked(act(transaction.objectStore(name)));
    await done;
    return found;
  } finally {
    base.close();
  }
}

const drawer: Drawer = {
  get: async (name) => {
    try { return await within<unknown>("bundle", "readonly", (store) => store.get(name)); } catch { return undefined; }
  },
  put: async (name, what) => { await within("bundle", "readwrite", (store) => store.put(what, name)); },
  remove: async (name) => { await within("bundle", "readwrite", (store) => store.delete(name)); },
};

/** What was told without the app by somebody an older app did not name stops whoever is here. */
const ANYBODY = "stopped";
const stopOf = (mark: string): string => `${ANYBODY}:${mark}`;

/** The sessions kept in a drawer: of one runner at a time, who was here last, and under that runner's mark alone. */
export const bundlesIn = (held: Drawer) => ({
  /** What is kept for the runner who was here last and whom nothing stops; what says no runner, or another one, is
   * nobody's to play. */
  async read(): Promise<KeptBundle | null> {
    const kept = (await held.get("now")) as KeptBundle | undefined, owner = await this.owner();
    return owner && kept?.bundle.mark === owner && !(await this.stopped(owner)) ? kept : null;
  },
  /** Who was here last. */
  owner: async (): Promise<string> => ((await held.get("owner")) as string | undefined) ?? "",
  /** Somebody is here: what was kept for anybody else goes. */
  async own(mark: string): Promise<void> {
    const kept = (await held.get("now")) as KeptBundle | undefined;
    if (kept && kept.bundle.mark !== mark) await held.remove("now");
    if (mark !== (await this.owner())) await held.put("owner", mark);
  },
  write: (kept: KeptBundle): Promise<void> => held.put("now", kept),
  remove: (): Promise<void> => held.remove("now"),
  /** What was told here stops the runner: what was kept goes, and why stays until the coach has looked. */
  async stop(mark: string, why: string[]): Promise<void> {
    const kept = (await held.get("now")) as KeptBundle | undefined;
    await held.put(stopOf(mark), why);
    if (kept?.bundle.mark === mark) await held.remove("now");
  },
  stopped: async (mark: string): Promise<string[] | null> =>
    ((await held.get(stopOf(mark))) ?? (await held.get(ANYBODY)) ?? null) as string[] | null,
  /** The coach has looked at a runner. */
  async looked(mark: string): Promise<void> {
    await held.remove(stopOf(mark));
    await held.remove(ANYBODY);
  },
});

export const bundles = bundlesIn(drawer);

export const shelf: Shelf = {
  all: async () => {
    const kept = await within<(Waiting | KeptBefore)[]>("waiting", "readonly", (store) => store.getAll());
    return kept.map(waitingIn);
  },
  put: async (one) => { await within("waiting", "readwrite", (store) => store.put(one)); },
  remove: async (key) => { await within("waiting", "readwrite", (store) => store.delete(key)); },
};
