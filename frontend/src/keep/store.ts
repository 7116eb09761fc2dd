/** The device's own store: the bundle, and what waits to be handed in. Where it is closed, nothing is kept. */
import type { KeptBundle } from "./bundle";
import type { Shelf, Waiting } from "./queue";

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

async function within<T>(name: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
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

export const bundles = {
  async read(): Promise<KeptBundle | null> {
    try { return (await within<KeptBundle | undefined>("bundle", "readonly", (store) => store.get("now"))) ?? null; } catch { return null; }
  },
  async write(kept: KeptBundle): Promise<void> {
    await within("bundle", "readwrite", (store) => store.put(kept, "now"));
  },
  async remove(): Promise<void> {
    await within("bundle", "readwrite", (store) => store.delete("now"));
  },
  /** What was told here stops the runner: what was kept goes, and why stays until the coach has looked. */
  async stop(why: string[]): Promise<void> {
    await within("bundle", "readwrite", (store) => { store.delete("now"); return store.put(why, "stopped"); });
  },
  async stopped(): Promise<string[] | null> {
    try { return (await within<string[] | undefined>("bundle", "readonly", (store) => store.get("stopped"))) ?? null; } catch { return null; }
  },
  async looked(): Promise<void> {
    await within("bundle", "readwrite", (store) => store.delete("stopped"));
  },
};

export const shelf: Shelf = {
  all: () => within<Waiting[]>("waiting", "readonly", (store) => store.getAll()),
  put: async (one) => { await within("waiting", "readwrite", (store) => store.put(one)); },
  remove: async (key) => { await within("waiting", "readwrite", (store) => store.delete(key)); },
};
