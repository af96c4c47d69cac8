// Runs inside a page of the workbench: everything that its origin keeps, as [where, text] pairs.
// VS Code keeps a window's state in IndexedDB, which on the disk may be compressed; so it is read from inside.
exports.dumpStorage = async () => {
  const found = [];
  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const key of Object.keys(storage)) found.push([`${name} ${key}`, storage.getItem(key)]);
  }

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const bytes = (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);
  const textOf = (value) => {
    const raw = bytes(value);
    if (typeof raw === 'string') return raw;
    if (ArrayBuffer.isView(raw)) return new TextDecoder().decode(raw);
    return JSON.stringify(raw, (_key, each) => (ArrayBuffer.isView(bytes(each)) ? textOf(each) : each)) ?? '';
  };

  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = () => database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(objects().getAllKeys()), done(objects().getAll())]);
      keys.forEach((key, index) => {
        found.push([`IndexedDB ${name}/${store} ${key}`, textOf(values[index])]);
      });
    }
    database.close();
  }

  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push([`cache ${name} ${request.url}`, await (await cache.match(request)).text()]);
    }
  }
  return found;
};
